import { LIMITS } from '../../protocol/limits.ts'
import { parseUsername } from '../../protocol/username.ts'
import { areConfusable } from '../model/confusable-names.ts'
import { isReserved } from '../model/reserved-names.ts'
import type { PersonRecord } from '../model/room-record.ts'
import type { Connection } from '../state/connection.ts'
import { type RoomState, refuse, type Scope } from '../state/state.ts'
import { oweRows } from './charge.ts'

/** The name that someone asks for, as it is stored and shown; undefined where it was refused. `known` is who they are so far. */
export function takeName(
  state: RoomState,
  scope: Scope,
  from: Connection,
  asked: { username: string; known?: PersonRecord | undefined },
): string | undefined {
  const { known } = asked
  const isTheirs = asked.username === known?.username
  if (isTheirs && hasHeldName(state, known, scope.now)) return asked.username
  const username = isTheirs ? asked.username : parseUsername(asked.username)
  if (username === undefined) refuse(scope, from, 'name-invalid')
  else if (username !== known?.username && isReserved(username))
    refuse(scope, from, 'name-invalid', { detail: 'reserved' })
  else {
    const search: Search = { state, personId: from.by, now: scope.now, rowsRead: 0 }
    if (!isTaken(search, username)) return username
    refuse(scope, from, 'name-taken', { suggestion: freeName(search, username) })
    oweRows(state, from, scope.now, search.rowsRead)
  }
  return undefined
}

/** Who looks for a free name, and what that has cost so far. */
interface Search {
  state: RoomState
  personId: string
  now: number
  rowsRead: number
}

/** Whether another person holds this name, or a confusable one. */
function isTaken(search: Search, username: string): boolean {
  const { state, personId, now } = search
  const found = state.store.named(username)
  search.rowsRead += found.length
  return (
    found.length === LIMITS.alikeNames ||
    found.some(
      (person) =>
        person.by !== personId && holdsName(state, person, now) && areConfusable(person.username, username),
    ) ||
    isTakenUnsaved(search, username)
  )
}

/** Whether somebody holds this name who joined while nothing could be written. */
function isTakenUnsaved({ state, personId }: Search, username: string): boolean {
  for (const { unsaved, by, username: other } of state.connections)
    if (unsaved && by !== personId && areConfusable(other, username)) return true
  return false
}

/** People who are here, owners and moderators hold their name. Others hold it for a while, and longer once they have spoken. */
function holdsName(state: RoomState, person: PersonRecord, now: number): boolean {
  return person.role === 'owner' || person.role === 'moderator' || hasHeldName(state, person, now)
}

/** Whether someone has held their name ever since they took it, so that nobody else can have it. A role may be newer. */
function hasHeldName({ presence }: RoomState, { by, silent, seen }: PersonRecord, now: number): boolean {
  return presence.has(by) || now - seen < (silent ? LIMITS.silentNameHeldMs : LIMITS.nameHeldMs)
}

/** The same name with a number behind it that makes it free: "Ian 2". */
function freeName(search: Search, username: string): string | undefined {
  const letters = [...username.replace(/ \d$/, '')]
  while (letters.join('').length > LIMITS.usernameLength - ' 2'.length) letters.pop()
  for (let n = 2; n <= LIMITS.suggestedNames; n += 1) {
    const name = parseUsername(`${letters.join('')} ${n}`)
    if (name !== undefined && !isTaken(search, name)) return name
  }
  return undefined
}
