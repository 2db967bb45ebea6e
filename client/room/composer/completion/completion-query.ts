import { LIMITS } from '../../../../src/protocol/limits.ts'

/** What is being typed that could be completed, and where it stands in the text. */
export interface CompletionQuery {
  kind: 'person' | 'emoji' | 'command'
  /** Its sign, and behind its last character. */
  from: number
  to: number
  /** What follows on the sign. */
  query: string
}

const IN_WORD = /[\p{L}\p{N}_]$/u
const EMOJI_NAME = /^[a-z0-9_+-]{2,}$/i
/** Beyond any name of an emoji and any command. */
const LONGEST = 32

/**
 * What could be completed at the caret: a command where the text begins with it, a name of an emoji, or a person,
 * whose name may hold spaces. Looks back over so many characters as a name has at most, whatever the text is like.
 */
export function askedAt(text: string, caret: number): CompletionQuery | undefined {
  if (/^\/[a-z]*$/i.test(text.slice(0, Math.min(caret, LONGEST)))) {
    return caret > LONGEST ? undefined : { kind: 'command', from: 0, to: caret, query: text.slice(1, caret) }
  }
  const earliest = Math.max(0, caret - 1 - LIMITS.usernameLength)
  for (let at = caret - 1; at >= earliest; at -= 1) {
    const sign = text.charAt(at)
    if (sign === '\n') return undefined
    if (sign !== '@' && sign !== ':') continue
    const query = text.slice(at + 1, caret)
    const isBehindWord = IN_WORD.test(text.slice(Math.max(0, at - 2), at))
    if (sign === ':' && EMOJI_NAME.test(query)) {
      return isBehindWord ? undefined : { kind: 'emoji', from: at, to: caret, query }
    }
    if (sign === '@') {
      return isBehindWord || /^\s/.test(query) ? undefined : { kind: 'person', from: at, to: caret, query }
    }
  }
  return undefined
}

/** The text with what was chosen in place of what was asked, and where the caret stands then. */
export function completed(
  text: string,
  { from, to }: CompletionQuery,
  choice: string,
): { text: string; caret: number } {
  const rest = text.slice(to)
  const space = /^[\s\p{P}]/u.test(rest) ? '' : ' '
  // Behind the space, whether it is a new one or was there.
  const caret = from + choice.length + (space || rest.startsWith(' ') ? 1 : 0)
  return { text: `${text.slice(0, from)}${choice}${space}${rest}`, caret }
}

/** Names that begin so, then those with a later word that does, in the order they came. */
export function namesLike(names: readonly string[], query: string): string[] {
  const wanted = query.toLowerCase()
  const [first, then]: [string[], string[]] = [[], []]
  for (const name of names) {
    const lower = name.toLowerCase()
    if (lower.startsWith(wanted)) first.push(name)
    else if (lower.includes(` ${wanted}`)) then.push(name)
  }
  return [...first, ...then]
}
