import { signal } from '@preact/signals'
import { beforeEach, expect, it, vi } from 'vitest'
import { createComposerTarget } from '../../../client/room/composer/composer-target.ts'
import type { EditDraft } from '../../../client/storage/edit-draft.ts'
import type { Joined, Message } from '../../../src/protocol/server-frames.ts'

function sent(seq: number, more: Partial<Message> = {}): Message {
  return { seq, id: `${seq}`, by: 'ben', username: 'Ben', body: `text ${seq}`, time: seq, room: 'r', ...more }
}
const bySeq = (...all: Message[]): ReadonlyMap<number, Message> =>
  new Map(all.map((message) => [message.seq, message]))

const session = { send: vi.fn(), edit: vi.fn() }
const messages = signal(bySeq())
const self = signal<Joined | undefined>({ by: 'ann', role: 'member' } as Joined)
const draft = signal('')
let composer: ReturnType<typeof createComposerTarget>
beforeEach(() => {
  for (const call of Object.values(session)) call.mockReset().mockResolvedValue(undefined)
  messages.value = bySeq(sent(1), sent(2, { by: 'ann' }), sent(3), sent(4, { by: 'ann', deleted: true }))
  draft.value = 'half a'
  composer = createComposerTarget({ session, self, messages, draft })
})
const message = (seq: number): Message => messages.value.get(seq) ?? expect.unreachable()

it('[DD1] text without a target is sent as a message', async () => {
  await composer.submit('hi')
  expect(session.send.mock.calls).toEqual([['hi']])
})

it('[DD2] a reply names its message, and only the next text is a reply', async () => {
  composer.reply(message(1))
  expect([composer.target.value?.kind, composer.field.value]).toEqual(['reply', draft])
  await composer.submit('yes')
  await composer.submit('and more')
  expect(session.send.mock.calls).toEqual([['yes', { replyTo: 1 }], ['and more']])
})

it('[DD3] an edit has its own text, and leaves the draft alone', async () => {
  composer.edit(message(2))
  expect(composer.field.value.value).toBe('text 2')
  composer.field.value.value = 'better'
  await composer.submit('better')
  expect(session.edit.mock.calls).toEqual([[2, 'better']])
  expect([composer.target.value, composer.field.value.value]).toEqual([undefined, 'half a'])
})

it('[DD4] an edit to the same text, or one that is cancelled, sends nothing', async () => {
  composer.edit(message(2))
  await composer.submit('text 2')
  composer.edit(message(2))
  composer.cancel()
  expect([composer.target.value, session.edit.mock.calls, session.send.mock.calls]).toEqual([
    undefined,
    [],
    [],
  ])
})

it('[DD5] the newest own message that is not deleted can be edited', () => {
  expect([composer.editNewest(), composer.target.value?.message.seq]).toEqual([true, 2])
  messages.value = bySeq(sent(1))
  expect([composer.editNewest(), composer.target.value]).toEqual([false, undefined])
})

it('[DD6] a message that was deleted meanwhile is no target any more', async () => {
  composer.reply(message(1))
  messages.value = bySeq(sent(1, { deleted: true }))
  expect(composer.target.value).toBeUndefined()
  await composer.submit('hm')
  expect(session.send.mock.calls).toEqual([['hm']])
})

it('[DD7] a text that could not be stored keeps its target', async () => {
  session.send.mockRejectedValue(new Error('full'))
  composer.reply(message(3))
  await expect(composer.submit('yes')).rejects.toThrow('full')
  expect(composer.target.value).toMatchObject({ kind: 'reply', message: { seq: 3 } })
})

it('[DD10] an unfinished edit is stored as it is typed, and continues while its message is the same', async () => {
  let kept: EditDraft | undefined
  const editDraft = {
    read: () => kept,
    keep: (draft: EditDraft | undefined) => {
      kept = draft
    },
  }
  const open = () => createComposerTarget({ session, self, messages, draft, editDraft })
  const before = open()
  before.edit(message(2))
  before.field.value.value = 'bett'
  before.dispose()
  expect(kept).toEqual({ seq: 2, id: '2', text: 'bett' })

  const after = open()
  expect([after.target.value?.kind, after.field.value.value]).toEqual(['edit', 'bett'])
  messages.value = bySeq(sent(2, { by: 'ann', id: 'another' }))
  expect([after.target.value, after.field.value]).toEqual([undefined, draft])
  after.cancel()
  expect(kept).toBeUndefined()
  after.dispose()
})

it('[DD11] an edit that was sent stays stored until it is in the outbox', async () => {
  const kept: (EditDraft | undefined)[] = []
  const editDraft = { read: () => undefined, keep: (draft: EditDraft | undefined) => kept.push(draft) }
  const open = createComposerTarget({ session, self, messages, draft, editDraft })
  let stored = (): void => {}
  session.edit.mockReturnValue(
    new Promise<void>((resolve) => {
      stored = resolve
    }),
  )
  open.edit(message(2))
  open.field.value.value = 'better'
  const sending = open.submit('better')
  const edit = { seq: 2, id: '2', text: 'better' }
  expect([open.target.value, kept.at(-1)]).toEqual([undefined, edit])
  // A message that is sent meanwhile leaves it stored.
  await open.submit('a message')
  expect(kept.at(-1)).toEqual(edit)
  stored()
  await sending
  expect(kept.at(-1)).toBeUndefined()
  open.dispose()
})

it('[DD12] a text that becomes another goes where it was sent to, also if the target changes meanwhile', async () => {
  composer.reply(message(1))
  const { promise, resolve } = Promise.withResolvers<string>()
  const sending = composer.submit(':tada:', promise)
  composer.reply(message(3))
  expect(session.send).not.toHaveBeenCalled()
  resolve('🎉')
  await sending
  expect(session.send.mock.calls).toEqual([['🎉', { replyTo: 1 }]])
})
