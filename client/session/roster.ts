import { LIMITS } from '../../src/protocol/limits.ts'
import type { Person } from './types.ts'

type Known = Required<Person>

/** Who is here. Names come in lists; who bears them is learnt from what they do. */
export interface Roster {
  /** By name. Another array after each change. */
  readonly people: readonly Person[]
  readonly online: number
  /** What this person is called, where that was heard of. */
  nameOf(by: string): string | undefined
  replace(usernames: readonly string[]): void
  count(online: number): void
  add(person: Known): void
  remove(person: Known): void
  rename(person: Known): void
  /** This person goes by this name now. */
  meet(person: Known): void
  /** This person went by this name once: it is theirs as far as nobody else is known to bear it. */
  recall(person: Known): void
}

export function createRoster(): Roster {
  let here: ReadonlySet<string> = new Set()
  const byNames = new Map<string, string>()
  const namesBy = new Map<string, string>()
  /** How many there are, where they are too many to be named. */
  let counted = 0
  let people: readonly Person[] | undefined

  function set(next: Iterable<string>): void {
    here = new Set(next)
    people = undefined
  }

  function meet({ username, by }: Known): void {
    const before = namesBy.get(by)
    if (before === username && byNames.get(username) === by) return
    if (before !== undefined && byNames.get(before) === by) byNames.delete(before)
    namesBy.set(by, username)
    byNames.set(username, by)
    touch(username)
    if (before !== undefined) touch(before)
  }

  function touch(username: string): void {
    if (here.has(username)) people = undefined
  }

  return {
    get people() {
      people ??= [...here]
        .sort((one, other) => one.localeCompare(other))
        .map((username) => {
          const by = byNames.get(username)
          return by === undefined ? { username } : { username, by }
        })
      return people
    },
    get online() {
      return Math.max(counted, here.size)
    },
    nameOf: (by) => namesBy.get(by),
    replace(usernames) {
      if (usernames.length < LIMITS.rosterSample) counted = 0
      set(usernames)
    },
    count(online) {
      counted = online
    },
    add(person) {
      meet(person)
      set([...here, person.username])
    },
    remove({ username, by }) {
      set([...here].filter((name) => name !== username && name !== namesBy.get(by)))
    },
    rename(person) {
      const before = namesBy.get(person.by)
      meet(person)
      if (before !== undefined && here.has(before)) {
        set([...here].map((name) => (name === before ? person.username : name)))
      }
    },
    meet,
    recall({ username, by }) {
      if (byNames.has(username)) return
      byNames.set(username, by)
      if (!namesBy.has(by)) namesBy.set(by, username)
      touch(username)
    },
  }
}
