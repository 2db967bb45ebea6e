import { LIMITS } from '../../src/protocol/limits.ts'
import type { Person } from './types.ts'

interface Known {
  readonly username: string
  readonly by: string
}

/** Who is here. Names come in lists; who bears them is learnt from everything they do. */
export interface Roster {
  /** By name. Another array after each change. */
  readonly people: readonly Person[]
  readonly online: number
  replace(usernames: readonly string[]): void
  count(online: number): void
  add(person: Known): void
  remove(person: Known): void
  rename(person: Known): void
  /** This person goes by this name now. */
  meet(person: Known): void
}

export function createRoster(): Roster {
  /** Names of those here. */
  let here = new Set<string>()
  const namesBy = new Map<string, string>()
  const byNames = new Map<string, string>()
  /** Where there are more than are named. */
  let counted: number | undefined
  let people: readonly Person[] | undefined

  function meet({ username, by }: Known): void {
    if (byNames.get(username) === by) return
    namesBy.set(by, username)
    byNames.set(username, by)
    if (here.has(username)) people = undefined
  }

  function set(next: Set<string>): void {
    here = next
    people = undefined
  }

  return {
    get people() {
      people ??= [...here].sort(byName).map((username) => {
        const by = byNames.get(username)
        return by === undefined ? { username } : { username, by }
      })
      return people
    },
    get online() {
      return Math.max(counted ?? 0, here.size)
    },
    replace(usernames) {
      if (usernames.length < LIMITS.rosterSample) counted = undefined
      set(new Set(usernames))
    },
    count(online) {
      counted = online
    },
    add(person) {
      meet(person)
      set(new Set(here).add(person.username))
    },
    remove({ username, by }) {
      set(new Set([...here].filter((name) => name !== username && byNames.get(name) !== by)))
    },
    rename(person) {
      const before = namesBy.get(person.by)
      meet(person)
      if (before === undefined || !here.has(before)) return
      set(new Set([...here].map((name) => (name === before ? person.username : name))))
    },
    meet,
  }
}

function byName(one: string, other: string): number {
  return one.localeCompare(other)
}
