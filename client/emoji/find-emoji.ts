import type { Emoji } from './emoji-list.ts'

/** Those with a name that begins so, then those with a word in a name that does, each in the order they came. */
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

/** A name as it is read. */
export function emojiName({ names }: Emoji): string {
  return (names[0] ?? '').replaceAll('_', ' ')
}
