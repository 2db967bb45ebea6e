import { signal } from '@preact/signals'
import type { Moderation } from '../../src/protocol/moderation.ts'
import { type AccessRules, may, outranks, ROLES, type Role } from '../../src/protocol/roles.ts'
import { fieldsOf, numberOf, textOf } from '../lib/parse-unknown.ts'
import type { RoomApi } from '../net/room-api.ts'

/** A person who has joined the room, present or not. */
export interface ListedMember {
  by: string
  username: string
  role: Role
  seen: number
  here: boolean
  mutedUntil: number
  bannedUntil: number
}

/** The actions that are possible about a person now. */
export interface Possible {
  kick: boolean
  mute: boolean
  unmute: boolean
  ban: boolean
  unban: boolean
  setRole: boolean
}

export type MembersStore = ReturnType<typeof createMembersStore>

/** The room's members, for its moderators, and the actions about them. */
export function createMembersStore({ problem, clearProblem, call }: RoomApi) {
  const people = signal<readonly ListedMember[] | undefined>(undefined)

  async function load(): Promise<void> {
    const body = await call('/people', 'GET')
    if (body) people.value = parseMembers(body.people)
  }

  return {
    people,
    problem,
    load,
    /** Answers whether it was done, and loads the members again. */
    async act(what: Moderation): Promise<boolean> {
      clearProblem()
      const body = await call('/moderation', 'POST', what)
      if (body) await load()
      return body !== undefined
    },
  }
}

export function possible(
  { role, access }: { role: Role; access: AccessRules },
  person: ListedMember,
  now: number,
): Possible {
  const mayModerate = may('moderate', role, access) && outranks(role, person.role)
  const isBanned = person.bannedUntil > now
  const isMuted = person.mutedUntil > now
  return {
    kick: mayModerate && person.here,
    mute: mayModerate && !isMuted && !isBanned && person.role !== 'reader',
    unmute: mayModerate && isMuted,
    ban: mayModerate && !isBanned,
    unban: mayModerate && isBanned,
    setRole: mayModerate && may('govern', role, access),
  }
}

export function parseMembers(told: unknown): ListedMember[] {
  return (Array.isArray(told) ? told : []).flatMap((value: unknown) => {
    const fields = fieldsOf(value)
    const [by, username] = [textOf(fields?.by), textOf(fields?.username)]
    if (by === undefined || username === undefined) return []
    return [
      {
        by,
        username,
        role: ROLES.find((one) => one === fields?.role) ?? 'member',
        seen: numberOf(fields?.seen) ?? 0,
        here: fields?.here === true,
        mutedUntil: numberOf(fields?.mutedUntil) ?? 0,
        bannedUntil: numberOf(fields?.bannedUntil) ?? 0,
      },
    ]
  })
}
