import { LIMITS } from '../../src/protocol/limits.ts'
import type { Person } from './types.ts'

type Known = Required<Person>

/** Who is present. Lists bring only names; the ids come with what people do. */
export interface Roster {
  /** By name. Another array after each change. */
  readonly people: readonly Person[]
  readonly online: number
  /** This person's newest known name. */
  nameOf(personId: string): string | undefined
  replace(usernames: readonly string[]): void
  count(online: number): void
  add(person: Known): void
  remove(person: Known): void
  rename(person: Known): void
  /** This is the person's name now. */
  noteName(person: Known): void
  /** The room has forgotten this person. */
  forget(personId: string): void
  /** This was the person's name in an older message: it stays theirs unless someone else has it. */
  noteFormerName(person: Known): void
}

export function createRoster(): Roster {
  let present: ReadonlySet<string> = new Set()
  const idsByName = new Map<string, string>()
  const namesById = new Map<string, string>()
  /** How many are present, if they are too many for a list of names. */
  let counted = 0
  let people: readonly Person[] | undefined

  function set(next: Iterable<string>): void {
    present = new Set(next)
    people = undefined
  }

  function noteName({ username, by }: Known): void {
    const before = namesById.get(by)
    if (before === username && idsByName.get(username) === by) return
    if (before !== undefined && idsByName.get(before) === by) idsByName.delete(before)
    namesById.set(by, username)
    idsByName.set(username, by)
    invalidateIfPresent(username)
    if (before !== undefined) invalidateIfPresent(before)
  }

  function invalidateIfPresent(username: string): void {
    if (present.has(username)) people = undefined
  }

  return {
    get people() {
      people ??= [...present]
        .sort((one, other) => one.localeCompare(other))
        .map((username) => {
          const by = idsByName.get(username)
          return by === undefined ? { username } : { username, by }
        })
      return people
    },
    get online() {
      return Math.max(counted, present.size)
    },
    nameOf: (personId) => namesById.get(personId),
    replace(usernames) {
      if (usernames.length < LIMITS.rosterSample) counted = 0
      set(usernames)
    },
    count(online) {
      counted = online
    },
    add(person) {
      noteName(person)
      set([...present, person.username])
    },
    remove({ username, by }) {
      set([...present].filter((name) => name !== username && name !== namesById.get(by)))
    },
    rename(person) {
      const before = namesById.get(person.by)
      noteName(person)
      if (before !== undefined && present.has(before)) {
        set([...present].map((name) => (name === before ? person.username : name)))
      }
    },
    noteName,
    forget(personId) {
      for (const [name, by] of idsByName) if (by === personId) idsByName.delete(name)
      namesById.delete(personId)
    },
    noteFormerName({ username, by }) {
      if (username === '' || idsByName.has(username)) return
      idsByName.set(username, by)
      if (!namesById.has(by)) namesById.set(by, username)
      invalidateIfPresent(username)
    },
  }
}
