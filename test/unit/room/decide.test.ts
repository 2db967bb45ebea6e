import { describe, expect, it } from 'vitest'
import { parseBody } from '../../../src/protocol/bodies.ts'
import type { ChangeFrame } from '../../../src/protocol/client-frames.ts'
import type { Role } from '../../../src/protocol/roles.ts'
import type { Message } from '../../../src/protocol/server-frames.ts'
import { type Circumstances, type Decision, decide } from '../../../src/room/model/decide.ts'
import { DEFAULT_SETTINGS, type RoomRecord } from '../../../src/room/model/room-record.ts'
import type { StoredChange, StoredMessage } from '../../../src/room/model/store.ts'
import { fingerprint } from '../../../src/room/model/text.ts'

const room = 'kitchen'
const settings = DEFAULT_SETTINGS
const record: RoomRecord = {
  epoch: 'e',
  seq: 9,
  time: 1_000,
  floor: 0,
  topic: '',
  access: { kind: 'open' },
  settings,
}

const message = (more: Partial<Message> = {}): Message => ({
  seq: 4,
  id: 'm4',
  by: 'ann',
  username: 'Ann',
  time: 500,
  room,
  body: 'tea',
  ...more,
})

function at(
  more: Partial<Circumstances> & { by?: string; role?: Role; stored?: StoredMessage } = {},
): Circumstances {
  const { by = 'ann', role = 'member', stored = { message: message() }, ...rest } = more
  return {
    room,
    record,
    store: { message: (seq) => (seq === stored.message.seq ? stored : undefined) },
    author: { by, username: by === 'ann' ? 'Ann' : 'Ben', role },
    earlier: undefined,
    id: 'x',
    bodyLength: 20,
    now: 2_000,
    lastSpoke: () => undefined,
    ...rest,
  }
}

const say: ChangeFrame = { event: 'updateChat', data: { body: 'hi', room } }
const edit: ChangeFrame = { event: 'editChat', data: { ref: 4, body: 'coffee', room } }
const erase: ChangeFrame = { event: 'deleteChat', data: { ref: 4, room } }
const react: ChangeFrame = { event: 'react', data: { ref: 4, emoji: '👍', on: true, room } }
const topic: ChangeFrame = { event: 'setTopic', data: { topic: ' Tea ', room } }

const verdict = (decision: Decision) => (decision.kind === 'refused' ? decision.code : decision.kind)
const owned: RoomRecord = { ...record, access: { kind: 'open', owner: 'someone' } }
const secret: RoomRecord = { ...record, access: { kind: 'private', home: 'hall', members: [], waiting: [] } }

describe('rights', () => {
  it.each<[string, ChangeFrame, Parameters<typeof at>[0], string]>([
    ['a member posts', say, {}, 'change'],
    ['a reader posts', say, { role: 'reader' }, 'forbidden'],
    ['a member posts in an owned room', say, { record: owned }, 'change'],
    ['the author edits', edit, {}, 'change'],
    ['another member edits', edit, { by: 'ben' }, 'forbidden'],
    ['a moderator edits another person’s message', edit, { by: 'ben', role: 'moderator' }, 'change'],
    ['the owner edits another person’s message', edit, { by: 'ben', role: 'owner' }, 'change'],
    ['the author deletes', erase, {}, 'change'],
    ['another member deletes', erase, { by: 'ben' }, 'forbidden'],
    ['a moderator deletes', erase, { by: 'ben', role: 'moderator' }, 'change'],
    ['the owner deletes', erase, { by: 'ben', role: 'owner' }, 'change'],
    ['anyone reacts', react, { by: 'ben' }, 'change'],
    ['a reader reacts', react, { role: 'reader' }, 'forbidden'],
    ['a member sets the topic of a room without owner', topic, {}, 'change'],
    ['a member sets the topic of an owned room', topic, { record: owned }, 'forbidden'],
    ['a member sets the topic of a private room', topic, { record: secret }, 'change'],
    ['a reader sets the topic of a room without owner', topic, { role: 'reader' }, 'forbidden'],
    ['the owner sets the topic', topic, { record: owned, role: 'owner' }, 'change'],
    [
      'an edit of a tombstone',
      edit,
      { stored: { message: message({ deleted: true, body: '' }) } },
      'not-found',
    ],
    ['a second deletion', erase, { stored: { message: message({ deleted: true, body: '' }) } }, 'not-found'],
    ['an edit of a missing message', { ...edit, data: { ...edit.data, ref: 5 } }, {}, 'not-found'],
    ['a deletion of a missing message', { ...erase, data: { ...erase.data, ref: 5 } }, {}, 'not-found'],
    ['a reaction to a missing message', { ...react, data: { ...react.data, ref: 5 } }, {}, 'not-found'],
    ['a reply', { ...say, data: { ...say.data, replyTo: 4 } }, {}, 'change'],
  ])('[D1] %s', (_name, frame, circumstances, expected) => {
    expect(verdict(decide(frame, at(circumstances)))).toBe(expected)
  })
})

describe('a change sent again', () => {
  const earlier = (first: StoredChange['first']): StoredChange => ({
    entry: { event: 'updateChat', data: message() },
    first,
  })
  const again = (body: string): ChangeFrame => ({ event: 'updateChat', data: { body, room } })

  it.each<[string, ChangeFrame, StoredChange, string]>([
    ['the same text', again('tea'), earlier({ text: 'tea' }), 'repeat'],
    ['another text', again('coffee'), earlier({ text: 'tea' }), 'conflict'],
    ['the first text of an edited message', again('first'), earlier({ text: 'first' }), 'repeat'],
    ['the text of a deleted message', again('tea'), earlier({ fingerprint: fingerprint('tea') }), 'repeat'],
    [
      'another text for a deleted message',
      again('milk'),
      earlier({ fingerprint: fingerprint('tea') }),
      'conflict',
    ],
    ['another event', erase, earlier({ text: 'tea' }), 'conflict'],
  ])('[D2] %s under the same id', (_name, frame, found, expected) => {
    expect(verdict(decide(frame, at({ earlier: found })))).toBe(expected)
  })

  const entry = { seq: 9, id: 'x', by: 'ann', username: 'Ann', time: 900, room }
  const answer = { body: 'hi', replyTo: 4, room }
  const once: Record<
    ChangeFrame['event'],
    { earlier: StoredChange; same: ChangeFrame; others: ChangeFrame[] }
  > = {
    updateChat: {
      earlier: { entry: { event: 'updateChat', data: { ...entry, ...answer } }, first: { text: 'hi' } },
      same: { event: 'updateChat', data: answer },
      others: [
        { event: 'updateChat', data: { ...answer, body: 'ho' } },
        { event: 'updateChat', data: { ...answer, replyTo: 3 } },
        say,
      ],
    },
    editChat: {
      earlier: {
        entry: { event: 'editChat', data: { ...entry, ref: 4, body: 'coffee' } },
        first: { text: 'coffee' },
      },
      same: edit,
      others: [
        { event: 'editChat', data: { ...edit.data, body: 'milk' } },
        { event: 'editChat', data: { ...edit.data, ref: 3 } },
        { event: 'updateChat', data: { body: 'coffee', room } },
      ],
    },
    deleteChat: {
      earlier: { entry: { event: 'deleteChat', data: { ...entry, ref: 4 } }, first: { text: '' } },
      same: erase,
      others: [{ event: 'deleteChat', data: { ...erase.data, ref: 3 } }],
    },
    react: {
      earlier: {
        entry: { event: 'react', data: { ...entry, ref: 4, emoji: '👍', on: true } },
        first: { text: '' },
      },
      same: react,
      others: [
        { event: 'react', data: { ...react.data, ref: 3 } },
        { event: 'react', data: { ...react.data, emoji: '👎' } },
        { event: 'react', data: { ...react.data, on: false } },
      ],
    },
    setTopic: {
      earlier: { entry: { event: 'setTopic', data: { ...entry, topic: 'Tea' } }, first: { text: '' } },
      same: topic,
      others: [{ event: 'setTopic', data: { ...topic.data, topic: 'Milk' } }],
    },
  }

  it.each(Object.entries(once))(
    '[D9] %s is a repeat only if all its fields are equal',
    (event, { earlier, ...again }) => {
      const { same, others } = again
      const ofOtherKinds = Object.entries(once).flatMap(([kind, { same }]) => (kind === event ? [] : [same]))
      expect(decide(same, at({ earlier }))).toEqual({ kind: 'repeat', entry: earlier.entry })
      for (const other of [...others, ...ofOtherKinds])
        expect(decide(other, at({ earlier }))).toEqual({ kind: 'refused', code: 'conflict' })
    },
  )

  it('[D3] gets the first answer again, even if the sender’s rights have changed since', () => {
    const decision = decide(again('tea'), at({ earlier: earlier({ text: 'tea' }), role: 'reader' }))
    expect(decision).toEqual({ kind: 'repeat', entry: { event: 'updateChat', data: message() } })
  })
})

describe('the effect of a change', () => {
  const changed = (frame: ChangeFrame, circumstances?: Parameters<typeof at>[0]) => {
    const decision = decide(frame, at(circumstances))
    return decision.kind === 'change' ? decision.change : expect.unreachable(verdict(decision))
  }

  it('[D4] a change gets the next seq, and a time that never goes back', () => {
    expect(changed(say).entry.data).toMatchObject({
      seq: 10,
      time: 2_000,
      by: 'ann',
      username: 'Ann',
      id: 'x',
    })
    expect(changed(say, { now: 1 }).entry.data.time).toBe(1_000)
  })

  it('[D10] a reply names its message', () => {
    const frame: ChangeFrame = { ...say, data: { ...say.data, replyTo: 4 } }
    expect(changed(frame).entry.data).toMatchObject({ body: 'hi', replyTo: 4 })
    expect(changed(say).entry.data).not.toHaveProperty('replyTo')
    const nothing: ChangeFrame = { ...say, data: { ...say.data, replyTo: 5 } }
    expect(decide(nothing, at())).toEqual({ kind: 'refused', code: 'not-found', detail: 'replyTo' })
  })

  it('[D5] an edited message keeps its first text, and the seq of every edit', () => {
    const once = changed(edit).stored
    expect(once).toMatchObject({
      message: { body: 'coffee', edited: true, rev: 10 },
      first: 'tea',
      edits: [10],
    })
    const stored = once ?? expect.unreachable()
    const twice = changed(
      { ...edit, data: { ...edit.data, body: 'milk' } },
      { stored, record: { ...record, seq: 10 } },
    )
    expect(twice.stored).toMatchObject({ message: { body: 'milk', rev: 11 }, first: 'tea', edits: [10, 11] })
  })

  it('[D8] an edit by another person names the editor, until the author edits again', () => {
    const theirs = changed(edit, { by: 'ben', role: 'moderator' })
    expect(theirs.entry.data).toMatchObject({ by: 'ben', username: 'Ben' })
    expect(theirs.stored).toMatchObject({
      message: { by: 'ann', username: 'Ann', editor: 'Ben' },
      first: 'tea',
    })
    const stored = theirs.stored ?? expect.unreachable()
    expect(changed(edit, { stored }).stored?.message).not.toHaveProperty('editor')
    expect(changed(erase, { stored }).stored?.message).not.toHaveProperty('editor')
  })

  it('[D6] a deletion leaves no text of the message anywhere', () => {
    const stored = { message: message({ body: 'coffee', edited: true }), first: 'tea', edits: [7] }
    const change = changed(erase, { stored })
    expect(change.redact).toEqual([7])
    expect(change.stored).toEqual({
      message: { ...message(), body: '', rev: 10, deleted: true },
      fingerprint: fingerprint('tea'),
    })
    expect(JSON.stringify(change)).not.toMatch(/"tea"|coffee/)
  })

  it('[D7] a message takes twenty different reactions, each once from each person, and no more', () => {
    const reactions = Array.from({ length: 20 }, (_, n) => ({ emoji: `e${n}`, by: ['ben'] }))
    const stored = { message: message({ reactions }) }
    expect(verdict(decide(react, at({ stored })))).toBe('limit-reached')
    const same: ChangeFrame = { ...react, data: { ...react.data, emoji: 'e3' } }
    expect(changed(same, { stored }).stored?.message.reactions?.[3]).toEqual({
      emoji: 'e3',
      by: ['ben', 'ann'],
    })
    const twice = { message: message({ reactions: [{ emoji: '👍', by: ['ann'] }] }) }
    expect(changed(react, { stored: twice }).stored?.message.reactions).toEqual([
      { emoji: '👍', by: ['ann'] },
    ])
    const off: ChangeFrame = { ...react, data: { ...react.data, on: false } }
    expect(changed(off, { stored: twice }).stored?.message.reactions).toBeUndefined()
  })

  it('[D12] a message takes two hundred edits, repeats included, and a deletion erases all of them', () => {
    const edits = Array.from({ length: 200 }, (_, n) => n + 5)
    const many = (count: number) => ({
      stored: { message: message(), first: 'tea', edits: edits.slice(0, count) },
    })
    expect(changed(edit, many(199)).stored?.edits).toHaveLength(200)
    expect(verdict(decide(edit, at(many(200))))).toBe('limit-reached')
    expect(changed(erase, many(200)).redact).toEqual(edits)
    const earlier: StoredChange = {
      entry: { event: 'editChat', data: { ...message(), seq: 8, ref: 4, body: 'coffee' } },
      first: { text: 'coffee' },
    }
    expect(verdict(decide(edit, at({ ...many(200), earlier })))).toBe('repeat')
  })

  it('[D11] a message takes a thousand reactions in total', () => {
    const people = (count: number) => Array.from({ length: count }, (_, n) => `p${n}`)
    const loved = (count: number) => ({
      stored: {
        message: message({
          reactions: [
            { emoji: '👎', by: ['ben'] },
            { emoji: '👍', by: people(count) },
          ],
        }),
      },
    })
    expect(changed(react, loved(998)).stored?.message.reactions).toEqual([
      { emoji: '👎', by: ['ben'] },
      { emoji: '👍', by: [...people(998), 'ann'] },
    ])
    expect(verdict(decide(react, at(loved(999))))).toBe('limit-reached')
  })
})

const UNFIT = [
  ['bidi characters', 'Tea \u202e room'],
  ['a mark of direction', '\u200fTea'],
  ['two lines', 'Tea\nroom'],
  ['two lines by a separator', 'Tea\u2028room'],
  ['a tab', 'Tea\troom'],
  ['nothing visible', '\u200b\u3164'],
  ['a blank pattern', '\u2800'],
  ['a pile of marks', `T${'\u0316'.repeat(5)}`],
] as const

it.each(UNFIT)('[D13] a topic with %s is refused', (_, text) => {
  expect(decide({ ...topic, data: { ...topic.data, topic: text } }, at())).toEqual({
    kind: 'refused',
    code: 'bad-data',
    detail: 'topic',
  })
})

it.each([...UNFIT, ['only spaces', '  ']] as const)('[TI1] a title with %s is refused', (_, title) => {
  expect(parseBody('settingsChange', JSON.stringify({ title }))).toEqual({ ok: false, detail: 'title' })
})

it.each(['', 'Tea & cake', ' Küche ', 'غرفة الشاي', '👩\u200d🍳 Café'])(
  '[TI2] %j is fit for a title and a topic',
  (text) => {
    expect(parseBody('settingsChange', JSON.stringify({ title: text }))).toEqual({
      ok: true,
      body: { title: text },
    })
    expect(verdict(decide({ ...topic, data: { ...topic.data, topic: text } }, at()))).toBe('change')
  },
)
