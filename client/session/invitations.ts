import type { Invitation } from '../../src/protocol/server-frames.ts'
import type { Clock } from './types.ts'

/** For this long a join may repeat an invitation whose dismissal has not reached the server. */
const DISMISSAL_SETTLES_MS = 10_000

/** Invitations to private rooms: one for each room, the newest last. */
export interface Invitations {
  /** Another array after each change. */
  readonly all: readonly Invitation[]
  add(invitation: Invitation): void
  dismiss(room: string): void
  /** The room has forgotten who invites. */
  forget(personId: string): void
}

export function createInvitations(clock: Clock, changed: () => void): Invitations {
  let all: readonly Invitation[] = []
  const dismissed = new Map<string, number>()

  function set(next: readonly Invitation[]): void {
    all = next
    changed()
  }

  return {
    get all() {
      return all
    },
    add(invitation) {
      const { room } = invitation
      const at = dismissed.get(room)
      if (at !== undefined && Math.abs(clock.now() - at) < DISMISSAL_SETTLES_MS) return
      const before = all.find((one) => one.room === room)
      if (before !== undefined && isSame(before, invitation)) return
      set([...all.filter((one) => one.room !== room), invitation])
    },
    dismiss(room) {
      dismissed.set(room, clock.now())
      set(all.filter((one) => one.room !== room))
    },
    forget(personId) {
      set(all.map((one) => (one.by === personId ? { ...one, username: '' } : one)))
    },
  }
}

function isSame(one: Invitation, other: Invitation): boolean {
  return one.username === other.username && one.username2 === other.username2 && one.joined === other.joined
}
