import { LIMITS } from '../../protocol/limits.ts'
import { parseUsername } from '../../protocol/username.ts'
import { areConfusable } from '../model/confusable-names.ts'
import { isReserved } from '../model/reserved-names.ts'
import type { PersonRecord } from '../model/room-record.ts'
import type { Connection } from '../state/connection.ts'
import { type RoomState, refuse, type Scope } from '../state/state.ts'
import { oweRows } from './charge.ts'

/** The name that someone asks for, as it is stored and shown; undefined where it was refused. `present` is theirs already. */
export function takeName(
  state: RoomState,
  scope: Scope,
  from: Connection,
  asked: { username: string; present?: string | undefined },
): string | undefined {
  const { present } = asked
  const username = asked.username === present ? present : parseUsername(asked.username)
  if (username === undefined) refuse(scope, from, 'name-invalid')
  else if (isReserved(username) && username !== present)
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
    )
  )
}

/** People who are here, owners and moderators hold their name. Others hold it for a while, and longer once they have spoken. */
function holdsName({ presence }: RoomState, { by, role, silent, seen }: PersonRecord, now: number): boolean {
  if (presence.has(by) || role === 'owner' || role === 'moderator') return true
  return now - seen < (silent ? LIMITS.silentNameHeldMs : LIMITS.nameHeldMs)
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
