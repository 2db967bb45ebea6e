import { followsWord, goesOn } from './letters.ts'

/** The names that a text may mention. */
export interface MentionableNames {
  /** Each name by its lower case. */
  readonly names: ReadonlyMap<string, string>
  /** The lengths of the names, the longest first. */
  readonly lengths: readonly number[]
}

/** A name in a text. With an `@` in front it mentions that person; without, its marks are text. */
export interface Mention {
  kind: 'mention'
  text: string
  name: string
}

const OPENS_BEFORE = /(?:^|[^\p{L}\p{N}_])_{1,3}$/u
const ELSEWHERE = /^@[\w-]+\.[a-z]/i

export function mentionableNames(names: readonly string[]): MentionableNames {
  const known = names.filter((name) => name !== '')
  return {
    names: new Map(known.map((name) => [name.toLowerCase(), name])),
    lengths: [...new Set(known.map(({ length }) => length))].sort((a, b) => b - a),
  }
}

/**
 * The name that stands at `at`, or behind the `@` there: of several the longest. `emphasised` is where a `_` may first have opened:
 * behind it a `_` at the name's end closes, and is no letter of a longer name. Linear, since names are short.
 */
export function mentionAt(
  text: string,
  at: number,
  { names, lengths }: MentionableNames,
  emphasised: number,
): Mention | undefined {
  const isWithin =
    text.charAt(at - 1) === '_'
      ? !OPENS_BEFORE.test(text.slice(Math.max(0, at - 4), at))
      : followsWord(text, at)
  if (isWithin) return undefined
  const from = text.charAt(at) === '@' ? at + 1 : at
  for (const length of lengths) {
    const end = from + length
    const name = end > text.length ? undefined : names.get(text.slice(from, end).toLowerCase())
    if (name !== undefined && endsAt(text, end, emphasised < at))
      return { kind: 'mention', text: text.slice(at, end), name }
  }
  return undefined
}

/** Not where the word goes on, nor where the name is one of another server: `@ann@chat.example`. */
function endsAt(text: string, end: number, mayClose: boolean): boolean {
  if (goesOn(text, end)) return false
  if (text.charAt(end) !== '_') return !ELSEWHERE.test(text.slice(end, end + 64))
  let after = end
  while (mayClose && after < end + 3 && text.charAt(after) === '_') after += 1
  return after > end && text.charAt(after) !== '_' && !goesOn(text, after)
}
