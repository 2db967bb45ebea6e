import { signal } from '@preact/signals'
import { beforeEach, expect, it, vi } from 'vitest'
import { createMessageActions } from '../../../client/room/message-actions.ts'
import type { TimelineItem } from '../../../client/session/index.ts'
import type { EditDraft } from '../../../client/storage/edit-draft.ts'
import type { Joined, Message } from '../../../src/protocol/server-frames.ts'

const said = (seq: number, more: Partial<Message> = {}): TimelineItem => ({
  kind: 'message',
  key: `${seq}`,
  mine: false,
  message: {
    seq,
    id: `${seq}`,
    by: 'ben',
    username: 'Ben',
    body: `text ${seq}`,
    time: seq,
    room: 'r',
    ...more,
  },
})

const session = { send: vi.fn(), edit: vi.fn(), remove: vi.fn(), react: vi.fn() }
const timeline = signal<readonly TimelineItem[]>([])
const self = signal<Joined | undefined>(undefined)
const draft = signal('')
let deeds: ReturnType<typeof createMessageActions>
beforeEach(() => {
  for (const call of Object.values(session)) call.mockReset().mockResolvedValue(undefined)
  timeline.value = [said(1), said(2, { by: 'ann' }), said(3), said(4, { by: 'ann', deleted: true })]
  self.value = { by: 'ann', role: 'member' } as Joined
  draft.value = 'half a'
  deeds = createMessageActions({ session, self, timeline, draft })
})
const message = (seq: number): Message => deeds.messages.value.get(seq) ?? expect.unreachable()

it('[DD1] a new message is said as it is', async () => {
  await deeds.say('hi')
  expect(session.send.mock.calls).toEqual([['hi']])
})

it('[DD2] an answer names what it answers, once', async () => {
  deeds.reply(message(1))
  expect([deeds.aim.value?.kind, deeds.text.value]).toEqual(['reply', draft])
  await deeds.say('yes')
  await deeds.say('and more')
  expect(session.send.mock.calls).toEqual([['yes', { replyTo: 1 }], ['and more']])
})

it('[DD3] a change has a text of its own, and leaves what was being written alone', async () => {
  deeds.edit(message(2))
  expect(deeds.text.value.value).toBe('text 2')
  deeds.text.value.value = 'better'
  await deeds.say('better')
  expect(session.edit.mock.calls).toEqual([[2, 'better']])
  expect([deeds.aim.value, deeds.text.value.value]).toEqual([undefined, 'half a'])
})

it('[DD4] a change to the same text is none, and one can be given up', async () => {
  deeds.edit(message(2))
  await deeds.say('text 2')
  deeds.edit(message(2))
  deeds.cancel()
  expect([deeds.aim.value, session.edit.mock.calls, session.send.mock.calls]).toEqual([undefined, [], []])
})

it('[DD5] the newest of one’s own that is not deleted is taken up', () => {
  expect([deeds.editNewest(), deeds.aim.value?.message.seq]).toEqual([true, 2])
  timeline.value = [said(1)]
  expect([deeds.editNewest(), deeds.aim.value]).toEqual([false, undefined])
})

it('[DD6] what is deleted meanwhile can be neither answered nor changed', async () => {
  deeds.reply(message(1))
  timeline.value = [said(1, { deleted: true })]
  expect(deeds.aim.value).toBeUndefined()
  await deeds.say('hm')
  expect(session.send.mock.calls).toEqual([['hm']])
})

it('[DD7] what could not be kept is still meant as it was', async () => {
  session.send.mockRejectedValue(new Error('full'))
  deeds.reply(message(3))
  await expect(deeds.say('yes')).rejects.toThrow('full')
  expect(deeds.aim.value).toMatchObject({ kind: 'reply', message: { seq: 3 } })
})

it('[DD8] one changes one’s own, and deletes it, or anyone’s where one leads', () => {
  expect([deeds.allowed(message(1)), deeds.allowed(message(2))]).toEqual([
    { edit: false, remove: false },
    { edit: true, remove: true },
  ])
  self.value = { by: 'ann', role: 'moderator' } as Joined
  expect(deeds.allowed(message(1))).toEqual({ edit: false, remove: true })
})

it('[DD9] a reaction is given, and taken back', () => {
  timeline.value = [
    said(1, {
      reactions: [
        { emoji: '👍', by: ['ben', 'ann'] },
        { emoji: '🎉', by: ['ben'] },
      ],
    }),
  ]
  deeds.react(message(1), '👍')
  deeds.react(message(1), '🎉')
  deeds.react(message(1), '😮')
  expect(session.react.mock.calls).toEqual([
    [1, '👍', false],
    [1, '🎉', true],
    [1, '😮', true],
  ])
})

it('[DD10] a half-finished change is kept as it is written, and taken up again where its message is the same', async () => {
  let kept: EditDraft | undefined
  const halfEdit = {
    read: () => kept,
    keep: (half: EditDraft | undefined) => {
      kept = half
    },
  }
  const open = () => createMessageActions({ session, self, timeline, draft, halfEdit })
  const before = open()
  before.edit(message(2))
  before.text.value.value = 'bett'
  before.dispose()
  expect(kept).toEqual({ seq: 2, id: '2', text: 'bett' })

  const after = open()
  expect([after.aim.value?.kind, after.text.value.value]).toEqual(['edit', 'bett'])
  timeline.value = [said(2, { by: 'ann', id: 'another' })]
  expect([after.aim.value, after.text.value]).toEqual([undefined, draft])
  after.cancel()
  expect(kept).toBeUndefined()
  after.dispose()
})

it('[DD11] a change that was sent is kept until it is stored', async () => {
  const kept: (EditDraft | undefined)[] = []
  const halfEdit = { read: () => undefined, keep: (half: EditDraft | undefined) => kept.push(half) }
  const open = createMessageActions({ session, self, timeline, draft, halfEdit })
  let stored = (): void => {}
  session.edit.mockReturnValue(
    new Promise<void>((resolve) => {
      stored = resolve
    }),
  )
  open.edit(message(2))
  open.text.value.value = 'better'
  const saying = open.say('better')
  const half = { seq: 2, id: '2', text: 'better' }
  expect([open.aim.value, kept.at(-1)]).toEqual([undefined, half])
  // What is said meanwhile does not let go of it.
  await open.say('a message')
  expect(kept.at(-1)).toEqual(half)
  stored()
  await saying
  expect(kept.at(-1)).toBeUndefined()
  open.dispose()
})
