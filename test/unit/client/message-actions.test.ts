import { signal } from '@preact/signals'
import { beforeEach, expect, it, vi } from 'vitest'
import { createMessageActions } from '../../../client/room/message-actions.ts'
import type { Joined, Message } from '../../../src/protocol/server-frames.ts'

function sent(by: string, reactions: Message['reactions'] = []): Message {
  return { seq: 1, id: 'i', by, username: by, body: 'text', time: 1, room: 'r', reactions }
}
const [theirs, own] = [sent('ben'), sent('ann')]

const session = { remove: vi.fn(), react: vi.fn() }
const self = signal<Joined | undefined>(undefined)
const actions = createMessageActions({ session, self })
beforeEach(() => {
  for (const call of Object.values(session)) call.mockReset().mockResolvedValue(undefined)
  self.value = { by: 'ann', role: 'member' } as Joined
})

it('[DD8] authors may edit and delete their messages, and moderators may delete any', () => {
  expect([actions.allowed(theirs), actions.allowed(own)]).toEqual([
    { edit: false, remove: false },
    { edit: true, remove: true },
  ])
  self.value = { by: 'ann', role: 'moderator' } as Joined
  expect(actions.allowed(theirs)).toEqual({ edit: false, remove: true })
})

it('[DD9] reacting again takes the reaction back', () => {
  const reacted = sent('ben', [
    { emoji: '👍', by: ['ben', 'ann'] },
    { emoji: '🎉', by: ['ben'] },
  ])
  actions.react(reacted, '👍')
  actions.react(reacted, '🎉')
  actions.react(reacted, '😮')
  expect(session.react.mock.calls).toEqual([
    [1, '👍', false],
    [1, '🎉', true],
    [1, '😮', true],
  ])
})
