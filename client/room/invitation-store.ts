import { effect, type ReadonlySignal, signal } from '@preact/signals'
import type { Invitation } from '../../src/protocol/server-frames.ts'
import type { Session, SessionView } from '../session/index.ts'
import type { PlacedInvitation } from './timeline/timeline-rows.ts'

interface InvitationDeps {
  session: Pick<Session, 'invite'>
  invitations: ReadonlySignal<readonly Invitation[]>
  /** A refusal that belongs to no message: it answers the invitation that is under way. */
  refusal: ReadonlySignal<SessionView['notice']>
  selfName: ReadonlySignal<string>
  newestSeq: ReadonlySignal<number>
  /** Goes to the private room that the person asked for. */
  open(invitation: Invitation): void
}

/** Opens the private room that the person asked for. An invitation from someone else becomes a card in the timeline. */
export function createInvitationStore({
  session,
  invitations,
  refusal,
  selfName,
  newestSeq,
  open,
}: InvitationDeps) {
  const received = signal<readonly PlacedInvitation[]>([])
  const invitee = signal<string | undefined>(undefined)
  const isOwn = ({ username }: Invitation): boolean => username === selfName.peek()

  const stopReceiving = effect(() => {
    const known = received.peek()
    const place = (invitation: Invitation): PlacedInvitation =>
      known.find((placed) => placed.invitation === invitation) ?? {
        invitation,
        after: known.find((placed) => placed.invitation.room === invitation.room)?.after ?? newestSeq.peek(),
      }
    received.value = invitations.value.filter((invitation) => !isOwn(invitation)).map(place)
    const answer = invitations.value.find(
      (invitation) => isOwn(invitation) && invitation.username2 === invitee.peek(),
    )
    if (answer) {
      invitee.value = undefined
      open(answer)
    }
  })
  const stopWaiting = effect(() => {
    if (refusal.value) invitee.value = undefined
  })

  return {
    /** Invitations from others, each after the message that was newest when it came. */
    received,
    /** The person who was invited and has no room yet. */
    invitee,
    invite(username: string): void {
      invitee.value = username
      session.invite(username)
    },
    dispose(): void {
      stopReceiving()
      stopWaiting()
    },
  }
}
