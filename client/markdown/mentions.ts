const LETTER_BEFORE = /[\p{L}\p{N}_]$/u
const LETTER_AFTER = /^[\p{L}\p{N}_]/u

/** Whether a text mentions this person: their name behind an `@`, in any case, and not within a longer word. */
export function isMentioned(body: string, username: string): boolean {
  if (username === '' || !body.includes('@')) return false
  const words = body.toLowerCase()
  const mention = `@${username.toLowerCase()}`
  for (let at = words.indexOf(mention); at >= 0; at = words.indexOf(mention, at + 1)) {
    if (standsAlone(words, at, at + mention.length)) return true
  }
  return false
}

/** The names to look for in a text. */
export interface MentionableNames {
  /** Each name by its lower case. */
  readonly names: ReadonlyMap<string, string>
  /** The lengths of the names, the longest first. */
  readonly lengths: readonly number[]
}

/** A mention in a text, from its `@` to behind the name. */
export interface Mention {
  start: number
  end: number
  name: string
}

export function mentionableNames(names: readonly string[]): MentionableNames {
  const known = names.filter((name) => name !== '')
  return {
    names: new Map(known.map((name) => [name.toLowerCase(), name])),
    lengths: [...new Set(known.map(({ length }) => length))].sort((a, b) => b - a),
  }
}

/** Finds the mentions in a text. Of several names at one place, it takes the longest. Linear, since names are short. */
export function mentionsIn(text: string, { names, lengths }: MentionableNames): Mention[] {
  const found: Mention[] = []
  for (let start = text.indexOf('@'); start >= 0; start = text.indexOf('@', start + 1)) {
    for (const length of lengths) {
      const end = start + 1 + length
      const name = end > text.length ? undefined : names.get(text.slice(start + 1, end).toLowerCase())
      if (name === undefined || !standsAlone(text, start, end)) continue
      found.push({ start, end, name })
      start = end - 1
      break
    }
  }
  return found
}

/** The names that a text mentions, each once. */
export function namesMentioned(text: string, callable: MentionableNames): string[] {
  return [...new Set(mentionsIn(text, callable).map(({ name }) => name))]
}

function standsAlone(text: string, start: number, end: number): boolean {
  return (
    !LETTER_BEFORE.test(text.slice(Math.max(0, start - 2), start)) &&
    !LETTER_AFTER.test(text.slice(end, end + 2))
  )
}
