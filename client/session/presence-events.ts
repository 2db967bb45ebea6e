import { LIMITS } from '../../src/protocol/limits.ts'
import type { Roster } from './roster.ts'
import type { Clock, PresenceEvent } from './types.ts'

const MOST_EVENTS = 500
/** After a lost connection everyone joins again: for this long such a join is no event. */
const RETURN_MS = 30_000

interface NamedPerson {
  by: string
  username: string
}

interface Deps {
  clock: Clock
  roster: Pick<Roster, 'people' | 'online' | 'nameOf'>
  /** The newest `seq` that is known to be in the log. */
  newestSeq(): number
}

/**
 * Joins, leaves and renames of other people since this session began. In a room too large for a list of names there
 * are none. Each frame comes here before it goes to the roster.
 */
export interface PresenceEvents {
  /** The oldest first. Another array after each change. */
  readonly all: readonly PresenceEvent[]
  /** This person joined, for the first time or again. */
  selfJoined(): void
  userJoin(person: NamedPerson): void
  userLeave(person: NamedPerson): void
  userRename(person: NamedPerson): void
  /** Removes what bears this person's name. */
  forget(personId: string): void
  /** Another log began. */
  clear(): void
}

export function createPresenceEvents({ clock, roster, newestSeq }: Deps): PresenceEvents {
  let all: readonly PresenceEvent[] = []
  let count = 0
  /** Names of people who were here when the connection was lost and have not come back. */
  let returning = new Set<string>()
  let returnedAt = Number.NEGATIVE_INFINITY

  function add(event: Pick<PresenceEvent, 'kind' | 'by' | 'username' | 'formerName'>): void {
    if (roster.online > LIMITS.rosterSample) return
    count += 1
    const placed = { ...event, key: `presence ${count}`, after: newestSeq(), time: clock.now() }
    all = [...all.slice(1 - MOST_EVENTS), placed]
  }

  return {
    get all() {
      return all
    },
    selfJoined() {
      returning = new Set(roster.people.map(({ username }) => username))
      returnedAt = clock.now()
    },
    userJoin({ by, username }) {
      const isBack = returning.delete(username) && clock.now() - returnedAt < RETURN_MS
      if (!isBack) add({ kind: 'joined', by, username })
    },
    userLeave({ by, username }) {
      returning.delete(username)
      add({ kind: 'left', by, username })
    },
    userRename({ by, username }) {
      const formerName = roster.nameOf(by)
      if (formerName === username) return
      add({ kind: 'renamed', by, username, ...(formerName === undefined ? {} : { formerName }) })
    },
    forget(personId) {
      all = all.filter(({ by }) => by !== personId)
    },
    clear() {
      all = []
    },
  }
}
