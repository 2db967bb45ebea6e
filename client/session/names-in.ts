import type { SessionView } from './types.ts'

/** The names known in a room: of authors, the latest first, then of the others who are here. */
export function namesIn({ timeline, people }: Pick<SessionView, 'timeline' | 'people'>): Set<string> {
  const names = new Set<string>()
  for (const item of timeline.toReversed()) {
    if (item.kind === 'message') names.add(item.message.username)
  }
  for (const { username } of people) names.add(username)
  // Forgotten people have none.
  names.delete('')
  return names
}
