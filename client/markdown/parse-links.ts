/** A piece of a message: plain text, or a web address, whose text names the very host that its link leads to. */
export type Span = { kind: 'words'; text: string } | { kind: 'link'; text: string; href: string }

const ADDRESS = /https?:\/\/[^\s<>"'`\u2018-\u201f\u00ab\u00bb\p{Cf}]+/giu
const WORD_BEFORE = /[\p{L}\p{N}_]/u
const TRAILING = '.,;:!?*_~)]}'
const OPENING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' }

/** Finds web addresses in plain text. What stands beside them is unchanged. Linear in its length. */
export function parseLinks(text: string): Span[] {
  const spans: Span[] = []
  let done = 0
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const address = withoutTrailing(found)
    const link = WORD_BEFORE.test(text.charAt(index - 1)) ? undefined : linkTo(address)
    if (link === undefined) continue
    if (index > done) spans.push({ kind: 'words', text: text.slice(done, index) })
    spans.push(link)
    done = index + address.length
  }
  if (done < text.length) spans.push({ kind: 'words', text: text.slice(done) })
  return spans
}

/** Only http and https, and no user name in front of the host, where it could pass for the host. */
function linkTo(address: string): Span | undefined {
  if (!URL.canParse(address)) return undefined
  const { protocol, username, password, hostname, href } = new URL(address)
  if ((protocol !== 'http:' && protocol !== 'https:') || username || password) return undefined
  // Another alphabet's letters and slashes can make one host look like another. In ASCII it looks like none but itself.
  const isAsTyped = hostOf(address) === hostname
  return { kind: 'link', text: isAsTyped ? address : href, href }
}

/** The host of an address as it is typed. */
function hostOf(address: string): string {
  const [, , authority = ''] = address.split(/[/?#\\]/, 3)
  return authority.replace(/:\d*$/, '').toLowerCase()
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
