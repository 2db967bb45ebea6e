/** A piece of a message: plain text, or a web address. */
export type Span = { kind: 'words'; text: string } | { kind: 'link'; text: string; href: string }

const ADDRESS = /https?:\/\/[^\s<>"'`\u2018-\u201f\u00ab\u00bb\p{Cf}]+/giu
const WORD_BEFORE = /[\p{L}\p{N}_]/u
const TRAILING = '.,;:!?*_~)]}'
const OPENING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' }

/** Finds web addresses in plain text. The spans joined together are the text, unchanged. Linear in its length. */
export function parseLinks(text: string): Span[] {
  const spans: Span[] = []
  let done = 0
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const address = withoutTrailing(found)
    const href = WORD_BEFORE.test(text.charAt(index - 1)) ? undefined : safeHref(address)
    if (href === undefined) continue
    if (index > done) spans.push({ kind: 'words', text: text.slice(done, index) })
    spans.push({ kind: 'link', text: address, href })
    done = index + address.length
  }
  if (done < text.length) spans.push({ kind: 'words', text: text.slice(done) })
  return spans
}

/** Only http and https, and no user name in front of the host, where it could pass for the host. */
function safeHref(address: string): string | undefined {
  try {
    const { protocol, username, password, href } = new URL(address)
    const web = protocol === 'http:' || protocol === 'https:'
    return web && !username && !password ? href : undefined
  } catch {
    return undefined
  }
}

/** Leaves punctuation behind an address to the sentence, and a bracket that was opened before the address. */
function withoutTrailing(address: string): string {
  const counts: Record<string, number> = {}
  for (const char of address) counts[char] = (counts[char] ?? 0) + 1
  let end = address.length
  while (end > 0) {
    const last = address.charAt(end - 1)
    if (!TRAILING.includes(last)) break
    const opening = OPENING[last]
    if (opening && (counts[last] ?? 0) <= (counts[opening] ?? 0)) break
    counts[last] = (counts[last] ?? 0) - 1
    end -= 1
  }
  return address.slice(0, end)
}
