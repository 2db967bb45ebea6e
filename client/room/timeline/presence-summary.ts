import type { PresenceEvent } from '../../session/index.ts'

/** What a run of presence events comes to, by name. */
export interface PresenceSummary {
  joined: string[]
  left: string[]
  /** Joined and left again. */
  visited: string[]
  renamed: { name: string; formerly?: string }[]
}

/** Mentions each person once, and nobody who is as before: back after a while, or renamed back. */
export function presenceSummaryOf(run: readonly PresenceEvent[]): PresenceSummary {
  const people = new Map<string, { first: PresenceEvent; last: PresenceEvent }>()
  for (const event of run) {
    people.set(event.by, { first: people.get(event.by)?.first ?? event, last: event })
  }
  const summary: PresenceSummary = { joined: [], left: [], visited: [], renamed: [] }
  for (const { first, last } of people.values()) {
    const wasHere = first.kind !== 'joined'
    const isHere = last.kind !== 'left'
    const name = last.username
    /** The name that readers know from before. */
    const formerly = first.kind === 'renamed' ? first.formerName : first.username
    if (wasHere && !isHere) summary.left.push(formerly ?? name)
    else if (!wasHere) summary[isHere ? 'joined' : 'visited'].push(name)
    else if (formerly !== name) summary.renamed.push(formerly === undefined ? { name } : { name, formerly })
  }
  return summary
}
