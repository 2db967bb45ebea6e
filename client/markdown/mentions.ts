const LETTER_BEFORE = /[\p{L}\p{N}_]$/u
const LETTER_BEHIND = /^[\p{L}\p{N}_]/u

/** Whether a text calls this person: their name behind an `@`, in any case, and not within a longer word. */
export function isMentioned(body: string, username: string): boolean {
  if (username === '' || !body.includes('@')) return false
  const words = body.toLowerCase()
  const call = `@${username.toLowerCase()}`
  for (let at = words.indexOf(call); at >= 0; at = words.indexOf(call, at + 1)) {
    if (standsAlone(words, at, at + call.length)) return true
  }
  return false
}

/** Names to look for in texts. */
export interface Callable {
  /** By how they are written small, each as it is written. */
  readonly names: ReadonlyMap<string, string>
  /** How long they are, the longest first. */
  readonly lengths: readonly number[]
}

/** A call in a text, from its `@` to behind the name. */
export interface Mention {
  start: number
  end: number
  name: string
}

export function callableOf(names: readonly string[]): Callable {
  const known = names.filter((name) => name !== '')
  return {
    names: new Map(known.map((name) => [name.toLowerCase(), name])),
    lengths: [...new Set(known.map(({ length }) => length))].sort((a, b) => b - a),
  }
}

/** Where a text calls whom. Of several names at one place the longest is meant. Linear: a name is short. */
export function mentionsIn(text: string, { names, lengths }: Callable): Mention[] {
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

/** Whom a text calls, each once. */
export function namesMentioned(text: string, callable: Callable): string[] {
  return [...new Set(mentionsIn(text, callable).map(({ name }) => name))]
}

function standsAlone(text: string, start: number, end: number): boolean {
  return (
    !LETTER_BEFORE.test(text.slice(Math.max(0, start - 2), start)) &&
    !LETTER_BEHIND.test(text.slice(end, end + 2))
  )
}
