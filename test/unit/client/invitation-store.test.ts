import { signal } from '@preact/signals'
import { expect, test, vi } from 'vitest'
import { createInvitationStore } from '../../../client/room/invitation-store.ts'
import type { SessionView } from '../../../client/session/index.ts'
import type { Invitation } from '../../../src/protocol/server-frames.ts'

function invitation(username: string, username2: string, room: string): Invitation {
  return { username, username2, room, url: `/r/${room}`, created: true, joined: false }
}

function create() {
  const session = { invite: vi.fn() }
  const invitations = signal<readonly Invitation[]>([])
  const refusal = signal<SessionView['notice']>(undefined)
  const newestSeq = signal(7)
  const opened: string[] = []
  const store = createInvitationStore({
    session,
    invitations,
    refusal,
    selfName: signal('Ann'),
    newestSeq,
    open: ({ room }) => opened.push(room),
  })
  return { ...store, session, invitations, refusal, newestSeq, opened }
}

test('[IS1] the private room that a person asked for opens, and is no card', () => {
  const { session, invitations, opened, received, invitee, invite } = create()
  invite('Ben')
  expect([session.invite.mock.calls, invitee.value]).toEqual([[['Ben']], 'Ben'])
  invitations.value = [invitation('Ann', 'Ben', 'two')]
  expect(opened).toEqual(['two'])
  expect(received.value).toEqual([])
  expect(invitee.value).toBeUndefined()
})

test('[IS2] no room opens that the person did not ask for here', () => {
  const { invitations, opened, invite } = create()
  invitations.value = [invitation('Ann', 'Ben', 'two'), invitation('Ben', 'Ann', 'three')]
  invite('Cy')
  invitations.value = [...invitations.value]
  expect(opened).toEqual([])
})

test('[IS3] an invitation becomes a card after the message that was newest, and stays there', () => {
  const { invitations, received, newestSeq } = create()
  invitations.value = [invitation('Ben', 'Ann', 'two')]
  newestSeq.value = 9
  invitations.value = [...invitations.value, invitation('Cy', 'Ann', 'three')]
  invitations.value = invitations.value.map((known) => ({ ...known, joined: true }))
  expect(received.value.map(({ invitation, after }) => [invitation.room, after])).toEqual([
    ['two', 7],
    ['three', 9],
  ])
})
