import type { PresenceEvent } from '../../session/index.ts'

/** What a run of joins and leaves comes to, by name. */
export interface PresenceSummary {
  joined: string[]
  left: string[]
  /** Came and went again. */
  visited: string[]
  renamed: { name: string; formerly?: string }[]
}

/** Each person is told of once, and not at all where they are as they were: gone for a while, or renamed back. */
export function presenceSummaryOf(run: readonly PresenceEvent[]): PresenceSummary {
  const people = new Map<string, { first: PresenceEvent; last: PresenceEvent }>()
  for (const passage of run) {
    people.set(passage.by, { first: people.get(passage.by)?.first ?? passage, last: passage })
  }
  const passed: PresenceSummary = { joined: [], left: [], visited: [], renamed: [] }
  for (const { first, last } of people.values()) {
    const wasHere = first.kind !== 'joined'
    const isHere = last.kind !== 'left'
    const name = last.username
    /** As they are known from what was said before. */
    const formerly = first.kind === 'renamed' ? first.formerName : first.username
    if (wasHere && !isHere) passed.left.push(formerly ?? name)
    else if (!wasHere) passed[isHere ? 'joined' : 'visited'].push(name)
    else if (formerly !== name) passed.renamed.push(formerly === undefined ? { name } : { name, formerly })
  }
  return passed
}
