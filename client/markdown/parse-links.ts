import { followsWord, goesOn } from './letters.ts'

/** A link. Its text names the very host that it leads to; beside other words, `host` does. */
export interface Link {
  kind: 'link'
  text: string
  href: string
  host?: string
}

/** A link in a text and where it ends. Without an atom it leads nowhere, and all of it is text. */
export interface FoundLink {
  atom?: Link
  end: number
}

/** What may follow the scheme. An apostrophe or a joiner belongs to it only in front of a letter. */
const ADDRESS =
  /(?:[^\s<>"'`\u2018-\u201f\u00ab\u00bb\u2026\u060c\u061b\u061f\u06d4\u3000-\u3004\u3008-\u3020\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\p{Cf}]|['\u2019\u200c\u200d][\p{L}\p{M}\p{N}\p{Extended_Pictographic}])+/uy
/** The host of an address that is no IPv6 address. */
const HOST =
  /[^\s<>"'`/?#\\:\u2018-\u201f\u00ab\u00bb\u2026\u060c\u061b\u061f\u06d4\u3000-\u3004\u3008-\u3020\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\p{Cf}]+/uy
/** An address up to the bracket that it did not open. */
const BRACKETED = /(?:[^\s<>"'`()\p{Cf}]|\([^\s<>"'`()\p{Cf}]*\))+/uy
const TRAILING = '.,;:!?*_~|)]}'
const OPENING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' }
const ASCII_HOST = /^[a-z0-9.-]*\.[a-z]{2,}/i
const OTHER_LETTER = /^[^\P{L}\p{sc=Latin}]/u
const MAIL = /^[\w.+-]+@(?:[a-z0-9-]+\.)+[a-z]{2,}$/i
/** Of hosts without a scheme only those that no file, no code and no sentence ends in. */
const BARE_HOST =
  /^(?:www\.(?:[a-z0-9-]+\.)+[a-z]{2,}|(?:[a-z0-9-]+\.)+(?:com|org|net|edu|gov|io|dev|xyz|gg|tv|eu|uk|de|fr|nl|ch|jp|kr|cn|ru|br|ca|au))$/
/** Beside one of these, such a host is a part of a path, of code or of a name. */
const BEFORE_PART = /[/\\@.=$%&#+-]/
const AFTER_PART = /^(?:[@\\=(]|:[^\s\d])/
const PATH = /^(?:[/?#]|:\d)/
const WORDS = /\[([^[\]\n]+)\]\((https?:\/\/)/iy
const DOT_WITHIN = /\.\p{L}{2}/u

/** The address whose scheme stands at `at`. */
export function addressAt(text: string, at: number, scheme: string): FoundLink {
  const from = at + scheme.length
  const typed = matchAt(HOST, text, from)
  const host = withoutOtherScript(typed)
  const isEnd = host !== typed || /['\u2019]/.test(text.charAt(from + host.length))
  const rest = isEnd ? host : matchAt(ADDRESS, text, from)
  const address = withoutTrailing(scheme + rest)
  const atom = followsWord(text, at) ? undefined : linkTo(address)
  return atom ? { atom, end: at + address.length } : { end: from + rest.length }
}

/** The mail address or the host without a scheme that the word at `at` is. */
export function bareAddressAt(text: string, at: number, word: string): FoundLink | undefined {
  const address = withoutTrailing(word)
  const end = at + address.length
  const after = text.slice(end, end + 2)
  const isPart = BEFORE_PART.test(text.charAt(at - 1)) || followsWord(text, at) || AFTER_PART.test(after)
  if (isPart || goesOn(text, end)) return undefined
  if (MAIL.test(address) && !after.startsWith('/'))
    return { atom: { kind: 'link', text: address, href: `mailto:${address}` }, end }
  if (!BARE_HOST.test(address)) return undefined
  const rest = PATH.test(after) ? matchAt(ADDRESS, text, end) : ''
  const whole = withoutTrailing(address + rest)
  const link = linkTo(`https://${whole}`)
  return link ? { atom: { ...link, text: whole }, end: at + whole.length } : { end: end + rest.length }
}

/** `[words](address)`. No link where the words are an address of another host. */
export function wordsLinkAt(text: string, at: number): FoundLink | undefined {
  WORDS.lastIndex = at
  const [found = '', words = '', scheme = ''] = WORDS.exec(text) ?? []
  if (found === '') return undefined
  const from = at + found.length
  const address = scheme + matchAt(BRACKETED, text, from)
  const end = at + found.length - scheme.length + address.length
  const link = linkTo(address)
  if (link === undefined || text.charAt(end) !== ')') return undefined
  const { hostname, href } = new URL(address)
  const said = words.trim()
  const isAddress = (DOT_WITHIN.test(said) && !/\s/.test(said)) || /:\/\/|@|www\./i.test(said)
  const atom = { kind: 'link', text: words, href } as const
  if (!isAddress) return { atom: { ...atom, host: hostname }, end: end + 1 }
  return hostOf(said.includes('://') ? said : `https://${said}`) === hostname
    ? { atom, end: end + 1 }
    : undefined
}

function matchAt(regex: RegExp, text: string, at: number): string {
  regex.lastIndex = at
  return regex.exec(text)?.[0] ?? ''
}

/** Ends an ASCII host where a word of another script follows it. */
function withoutOtherScript(host: string): string {
  const [ascii = ''] = ASCII_HOST.exec(host) ?? []
  return ascii !== '' && OTHER_LETTER.test(host.slice(ascii.length)) ? ascii : host
}

/** Only http and https, and no user name in front of the host, where it could pass for the host. */
function linkTo(address: string): Link | undefined {
  const url = urlOf(address)
  if (url === undefined) return undefined
  const { protocol, username, password, hostname, href } = url
  if ((protocol !== 'http:' && protocol !== 'https:') || username || password) return undefined
  // Another alphabet's letters and slashes can make one host look like another. In ASCII it looks like none but itself.
  const isAsTyped = hostOf(address) === hostname
  return { kind: 'link', text: isAsTyped ? address : href, href }
}

/** `URL.canParse` is missing in Safari before 17 and in Chrome before 120. */
function urlOf(address: string): URL | undefined {
  try {
    return new URL(address)
  } catch {
    return undefined
  }
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
