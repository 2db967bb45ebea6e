import type { Emoji } from './emoji-list.ts'

/** Emoji with a name that begins with the query, then those with a later word that does, each in the order given. */
export function findEmoji(all: readonly Emoji[], query: string): Emoji[] {
  const wanted = query.trim().toLowerCase().replace(/\s+/g, '_')
  if (wanted === '') return [...all]
  const [first, then]: [Emoji[], Emoji[]] = [[], []]
  for (const emoji of all) {
    if (emoji.names.some((name) => name.startsWith(wanted))) first.push(emoji)
    else if (emoji.names.some((name) => name.includes(`_${wanted}`))) then.push(emoji)
  }
  return [...first, ...then]
}

/** The name to show and to read out. */
export function emojiName({ names }: Emoji): string {
  return (names[0] ?? '').replaceAll('_', ' ')
}
