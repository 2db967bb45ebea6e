import { LIMITS } from '../../src/protocol/limits.ts'
import type { Roster } from './roster.ts'
import type { Clock, PresenceEvent } from './types.ts'

/** Nobody scrolls back to more of them. */
const MOST = 500
/** Where the server broke off, everyone comes back who never left: it is no news so soon after oneself. */
const RETURN_MS = 30_000

interface Someone {
  by: string
  username: string
}

interface Surroundings {
  clock: Clock
  roster: Pick<Roster, 'people' | 'online' | 'nameOf'>
  /** Up to where the log is known. */
  newestSeq(): number
}

/**
 * Who joined, left and took another name while one was here; in a room too large to name who is there, nobody. Each is
 * to be told before the roster is.
 */
export interface PresenceEvents {
  /** The oldest first. Another array after each change. */
  readonly all: readonly PresenceEvent[]
  /** One has come in, for the first time or again. */
  selfJoined(): void
  userJoin(person: Someone): void
  userLeave(person: Someone): void
  userRename(person: Someone): void
  /** The log is another from now on. */
  clear(): void
}

export function createPresenceEvents({ clock, roster, newestSeq }: Surroundings): PresenceEvents {
  let all: readonly PresenceEvent[] = []
  let count = 0
  /** Who was here as the line was lost and has not been heard of since. */
  let returning = new Set<string>()
  let returnedAt = Number.NEGATIVE_INFINITY

  function add(passage: Pick<PresenceEvent, 'kind' | 'by' | 'username' | 'formerly'>): void {
    if (roster.online > LIMITS.rosterSample) return
    count += 1
    const placed = { ...passage, key: `passage ${count}`, after: newestSeq(), time: clock.now() }
    all = [...all.slice(1 - MOST), placed]
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
      const formerly = roster.nameOf(by)
      if (formerly === username) return
      add({ kind: 'renamed', by, username, ...(formerly === undefined ? {} : { formerly }) })
    },
    clear() {
      all = []
    },
  }
}
