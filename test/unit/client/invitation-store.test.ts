import { signal } from '@preact/signals'
import { expect, test } from 'vitest'
import { createInvitationStore } from '../../../client/room/invitation-store.ts'
import type { Invitation } from '../../../src/protocol/server-frames.ts'

function invitation(username: string, username2: string, room: string): Invitation {
  return { username, username2, room, url: `/r/${room}`, created: true, joined: false }
}

function invited() {
  const told = signal<readonly Invitation[]>([])
  const opened: string[] = []
  let seq = 7
  const store = createInvitationStore({
    invitations: told,
    selfName: () => 'Ann',
    newestSeq: () => seq,
    open: ({ room }) => opened.push(room),
  })
  const goOn = (to: number) => {
    seq = to
  }
  return { ...store, told, opened, goOn }
}

test('[IS1] the answer to one’s own ask is gone to, and is no card', () => {
  const { told, opened, received, asking, asked } = invited()
  asked('Ben')
  told.value = [invitation('Ann', 'Ben', 'two')]
  expect(opened).toEqual(['two'])
  expect(received.value).toEqual([])
  expect(asking.value).toBeUndefined()
})

test('[IS2] nobody is taken anywhere that they did not ask for in this room', () => {
  const { told, opened, asked } = invited()
  told.value = [invitation('Ann', 'Ben', 'two'), invitation('Ben', 'Ann', 'three')]
  asked('Cy')
  told.value = [...told.value]
  expect(opened).toEqual([])
})

test('[IS3] an invitation becomes a card where it came in, and stays there', () => {
  const { told, received, goOn } = invited()
  told.value = [invitation('Ben', 'Ann', 'two')]
  goOn(9)
  told.value = [...told.value, invitation('Cy', 'Ann', 'three')]
  told.value = told.value.map((one) => ({ ...one, joined: true }))
  expect(received.value.map(({ invitation, after }) => [invitation.room, after])).toEqual([
    ['two', 7],
    ['three', 9],
  ])
})
