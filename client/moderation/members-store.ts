import { signal } from '@preact/signals'
import type { Moderation } from '../../src/protocol/moderation.ts'
import { fieldsOf, numberOf, textOf } from '../lib/parse-unknown.ts'
import type { RoomApiCall } from '../net/room-api.ts'

/** Someone whom the room knows, here or not. */
export interface ListedMember {
  by: string
  username: string
  role: Role
  seen: number
  here: boolean
  mutedUntil: number
  bannedUntil: number
}

export const ROLES = ['owner', 'moderator', 'member', 'reader'] as const
export type Role = (typeof ROLES)[number]

/** What one may do about someone at present. */
export interface Possible {
  kick: boolean
  mute: boolean
  unmute: boolean
  ban: boolean
  unban: boolean
  setRole: boolean
}

export type MembersStore = ReturnType<typeof createMembersStore>

/** Everyone the room knows, for those who look after it, and what is done about them. */
export function createMembersStore(call: RoomApiCall) {
  const people = signal<readonly ListedMember[] | undefined>(undefined)
  /** Why nothing came, or why something was not done. */
  const problem = signal('')

  async function load(): Promise<void> {
    const answer = await call('/people', 'GET')
    if (answer.ok) people.value = parseMembers(answer.body.people)
    else problem.value = answer.words
  }

  return {
    people,
    problem,
    load,
    /** Answers whether it was done; what everyone is now is asked anew. */
    async act(what: Moderation): Promise<boolean> {
      problem.value = ''
      const answer = await call('/moderation', 'POST', what)
      if (answer.ok) await load()
      else problem.value = answer.words
      return answer.ok
    },
  }
}

/** Nobody is moderated by their equals. */
export function possible(self: string, person: ListedMember, now: number): Possible {
  const mine = rankOf(self)
  const may = mine >= rankOf('moderator') && mine > rankOf(person.role)
  const isBanned = person.bannedUntil > now
  const isMuted = person.mutedUntil > now
  return {
    kick: may && person.here,
    mute: may && !isMuted && !isBanned && person.role !== 'reader',
    unmute: may && isMuted,
    ban: may && !isBanned,
    unban: may && isBanned,
    setRole: may && self === 'owner',
  }
}

/** The lowest first; whoever is something that is not known here is below all of them. */
const RANKS: readonly string[] = ROLES.toReversed()

function rankOf(role: string): number {
  return RANKS.indexOf(role)
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
