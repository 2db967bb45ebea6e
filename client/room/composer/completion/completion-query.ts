import { LIMITS } from '../../../../src/protocol/limits.ts'

/** The unfinished word at the caret that a completion can replace. */
export interface CompletionQuery {
  kind: 'person' | 'emoji' | 'command'
  /** From its sign to behind its last character. */
  from: number
  to: number
  /** The text behind the sign. */
  search: string
}

const ENDS_IN_WORD = /[\p{L}\p{N}_]$/u
const EMOJI_NAME = /^[a-z0-9_+-]{2,}$/i
/** Longer than any name of an emoji and any command. */
const LONGEST = 32

/**
 * Finds the query at the caret: a command at the beginning of the text, the name of an emoji, or a person, whose name
 * may hold spaces. It looks back no further than the longest name.
 */
export function completionQueryAt(text: string, caret: number): CompletionQuery | undefined {
  if (/^\/[a-z]*$/i.test(text.slice(0, Math.min(caret, LONGEST)))) {
    return caret > LONGEST ? undefined : { kind: 'command', from: 0, to: caret, search: text.slice(1, caret) }
  }
  const earliest = Math.max(0, caret - 1 - LIMITS.usernameLength)
  for (let at = caret - 1; at >= earliest; at -= 1) {
    const sign = text.charAt(at)
    if (sign === '\n') return undefined
    if (sign !== '@' && sign !== ':') continue
    const search = text.slice(at + 1, caret)
    const followsWord = ENDS_IN_WORD.test(text.slice(Math.max(0, at - 2), at))
    if (sign === ':' && EMOJI_NAME.test(search)) {
      return followsWord ? undefined : { kind: 'emoji', from: at, to: caret, search }
    }
    if (sign === '@') {
      return followsWord || /^\s/.test(search) ? undefined : { kind: 'person', from: at, to: caret, search }
    }
  }
  return undefined
}

/** Replaces the query by the chosen text, and says where the caret goes. */
export function applyCompletion(
  text: string,
  { from, to }: CompletionQuery,
  choice: string,
): { text: string; caret: number } {
  const rest = text.slice(to)
  const space = /^[\s\p{P}]/u.test(rest) ? '' : ' '
  // Behind the space, a new one or the one that was there.
  const caret = from + choice.length + (space || rest.startsWith(' ') ? 1 : 0)
  return { text: `${text.slice(0, from)}${choice}${space}${rest}`, caret }
}

/** Names that begin with the search, then names with a later word that does, each in the order given. */
export function matchingNames(names: readonly string[], search: string): string[] {
  const wanted = search.toLowerCase()
  const [first, then]: [string[], string[]] = [[], []]
  for (const name of names) {
    const lower = name.toLowerCase()
    if (lower.startsWith(wanted)) first.push(name)
    else if (lower.includes(` ${wanted}`)) then.push(name)
  }
  return [...first, ...then]
}
