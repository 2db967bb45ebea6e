import { effect, type ReadonlySignal, signal } from '@preact/signals'
import type { Invitation } from '../../src/protocol/server-frames.ts'
import type { PlacedInvitation } from './timeline/timeline-rows.ts'

export interface InvitationStore {
  /** From others, where they came in. */
  received: ReadonlySignal<readonly PlacedInvitation[]>
  /** Whom one asked and has no answer about yet. */
  asking: ReadonlySignal<string | undefined>
  asked(username: string): void
  answered(): void
  dispose(): void
}

export interface InvitationNews {
  invitations: ReadonlySignal<readonly Invitation[]>
  selfName: () => string
  newestSeq: () => number
  /** The private room one asked for is there. */
  open(invitation: Invitation): void
}

/** Tells the answer to one's own ask, which is a door to go through, from an invitation, which becomes a card. */
export function createInvitationStore({
  invitations,
  selfName,
  newestSeq,
  open,
}: InvitationNews): InvitationStore {
  const received = signal<readonly PlacedInvitation[]>([])
  const asking = signal<string | undefined>(undefined)

  const dispose = effect(() => {
    const known = received.peek()
    const place = (invitation: Invitation): PlacedInvitation =>
      known.find((one) => one.invitation === invitation) ?? {
        invitation,
        after: known.find((one) => one.invitation.room === invitation.room)?.after ?? newestSeq(),
      }
    const [own, others] = [invitations.value.filter(isOwn), invitations.value.filter((one) => !isOwn(one))]
    received.value = others.map(place)
    const answer = own.find(({ username2 }) => username2 === asking.peek())
    if (answer) {
      asking.value = undefined
      open(answer)
    }
  })

  function isOwn({ username }: Invitation) {
    return username === selfName()
  }

  return {
    received,
    asking,
    asked: (username) => {
      asking.value = username
    },
    answered: () => {
      asking.value = undefined
    },
    dispose,
  }
}
