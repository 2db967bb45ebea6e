import { afterEach, describe, expect, it, vi } from 'vitest'
import type { ErrorCode } from '../../src/protocol/error-rules.ts'
import { ERRORS } from '../../src/protocol/errors.ts'
import { type Frame, freshRoom, newCookie, RawClient, sleep } from './raw-client.ts'
import { shortenWaits } from './speed-up.ts'
import { stopTime } from './worker-clock.ts'

shortenWaits()
afterEach(() => {
  vi.restoreAllMocks()
})

/** A whole error frame. */
function refused(
  code: ErrorCode,
  more: { id?: string; retryAfter?: number; suggestion?: string; detail?: string } = {},
): Frame {
  const { detail, ...rest } = more
  const { message } = ERRORS[code]
  return {
    event: 'error',
    data: { code, message: detail === undefined ? message : `${message} (${detail})`, ...rest },
  }
}

async function two() {
  const room = freshRoom()
  const ann = await RawClient.join(room, 'Ann')
  const ben = await RawClient.join(room, 'Ben')
  await ann.next('userJoin')
  await ann.rest()
  await ben.rest()
  return { room, ann, ben }
}

/** All unread frames but the roster, which is sent again after a sleep. */
async function heard(by: RawClient): Promise<Frame[]> {
  return (await by.rest()).filter(({ event }) => event !== 'activeUsers')
}

/** Malformed data for each event, and the place of the mistake. `ROOM` stands for the room's name. */
const MISSHAPEN: [string, unknown, string][] = [
  ['msgHistory', [], 'msgHistory'],
  ['msgHistory', 'all', 'msgHistory'],
  ['msgHistory', { before: '3' }, 'before'],
  ['msgHistory', { after: -1 }, 'after'],
  ['msgHistory', { around: 1.5 }, 'around'],
  ['msgHistory', { limit: 0 }, 'limit'],
  ['msgHistory', { before: 1e300 }, 'before'],
  ['userTyping', { room: 'ROOM' }, 'username'],
  ['userTyping', { username: 1, room: 'ROOM' }, 'username'],
  ['userRename', { room: 'ROOM' }, 'username'],
  ['updateChat', 'hello', 'updateChat'],
  ['updateChat', { body: null, room: 'ROOM' }, 'body'],
  ['updateChat', { body: '\u00a0\u2003\n', room: 'ROOM' }, 'body'],
  ['updateChat', { body: '\u200b\u202e\u3164\u2800\0', room: 'ROOM' }, 'body'],
  ['updateChat', { body: 'x', room: 'ROOM', id: '' }, 'id'],
  ['updateChat', { body: 'x', room: 'ROOM', id: 7 }, 'id'],
  ['updateChat', { body: 'x', room: 'ROOM', since: -1 }, 'since'],
  ['updateChat', { body: 'x', room: 'ROOM', replyTo: 0 }, 'replyTo'],
  ['updateChat', { body: 'x', room: 'ROOM', time: 'noon' }, 'time'],
  ['updateChat', { body: 'x', room: ['ROOM'] }, 'room'],
  ['editChat', { body: 'x', room: 'ROOM' }, 'ref'],
  ['editChat', { ref: 1, body: ' ', room: 'ROOM' }, 'body'],
  ['deleteChat', { ref: '1', room: 'ROOM' }, 'ref'],
  ['react', { ref: 1, emoji: '👍', room: 'ROOM' }, 'on'],
  ['react', { ref: 1, emoji: '', on: true, room: 'ROOM' }, 'emoji'],
  ['react', { ref: 1, emoji: 'a b', on: true, room: 'ROOM' }, 'emoji'],
  ['react', { ref: 1, emoji: 'x'.repeat(33), on: true, room: 'ROOM' }, 'emoji'],
  ['react', { ref: 1, emoji: '\u200b\u2800', on: true, room: 'ROOM' }, 'emoji'],
  ['react', { ref: 1, emoji: '\u202e👍', on: true, room: 'ROOM' }, 'emoji'],
  ['react', { ref: 1, emoji: `o${'\u0301'.repeat(31)}`, on: true, room: 'ROOM' }, 'emoji'],
  ['setTopic', { topic: 'x'.repeat(251), room: 'ROOM' }, 'topic'],
  ['newRoom', {}, 'username2'],
  ['newRoom', { username2: { name: 'Ben' } }, 'username2'],
  ['dismissRoom', { room: 'ROOM' }, 'invite'],
  ['sync', {}, 'seq'],
]

/** Valid frames for another room than the connection's. */
const ELSEWHERE: [string, object][] = [
  ['userTyping', { username: 'Ann' }],
  ['userRename', { username: 'Anna' }],
  ['updateChat', { body: 'x' }],
  ['editChat', { ref: 1, body: 'x' }],
  ['deleteChat', { ref: 1 }],
  ['react', { ref: 1, emoji: '👍', on: true }],
  ['setTopic', { topic: 'x' }],
  ['dismissRoom', { invite: 'b'.repeat(26) }],
]

describe.each([
  ['awake', async () => {}],
  ['asleep in between', sleep],
])('a room, %s', (_kind, pause: (room: string) => Promise<void>) => {
  it.each(MISSHAPEN)('[ER1] refuses %s with %j, because of its %s', async (event, data, detail) => {
    const { room, ann, ben } = await two()
    await pause(room)
    ann.text(JSON.stringify({ event, data }).replaceAll('ROOM', room))
    const [error] = await heard(ann)
    expect(error).toMatchObject(refused('bad-data', { detail }))
    expect(await heard(ben)).toEqual([])
  })

  it.each(ELSEWHERE)('[ER2] refuses %s for another room, under the id of the frame', async (event, data) => {
    const { room, ann, ben } = await two()
    await pause(room)
    ann.send(event, { ...data, room: 'elsewhere', id: 'i1' })
    const [error] = await heard(ann)
    const more = event.endsWith('Chat') || event === 'react' || event === 'setTopic' ? { id: 'i1' } : {}
    expect(error).toEqual(refused('bad-data', { detail: 'room', ...more }))
    expect(await heard(ben)).toEqual([])
    ann.send(event, { ...data, room: room.toUpperCase(), id: 'i1' })
    expect((await heard(ann)).filter(({ data }) => data.code === 'bad-data')).toEqual([])
  })

  it('[ER3] refuses references to missing and deleted messages', async () => {
    const { room, ann, ben } = await two()
    ann.say('gone soon')
    await ann.next('ack')
    ann.send('deleteChat', { ref: 1, room })
    await ann.next('ack')
    await ben.rest()
    await pause(room)
    for (const ref of [1, 2, 3, 99]) {
      const id = `r${ref}`
      ann.send('editChat', { ref, body: 'x', id, room })
      ann.send('deleteChat', { ref, id, room })
      ann.send('react', { ref, emoji: '👍', on: true, id, room })
      expect(await heard(ann)).toEqual(Array(3).fill(refused('not-found', { id, detail: 'ref' })))
    }
    ann.say('to nobody', { replyTo: 2, id: 'r' })
    expect(await heard(ann)).toEqual([refused('not-found', { id: 'r', detail: 'replyTo' })])
    expect(await heard(ben)).toEqual([])
  })

  it('[ER4] refuses a second change under one id, even after an edit or a deletion', async () => {
    const { room, ann, ben } = await two()
    ann.say('first', { id: 'a' })
    ann.say('second', { id: 'b' })
    ann.send('react', { ref: 1, emoji: '👍', on: true, id: 'c', room })
    ann.send('editChat', { ref: 1, body: 'edited', id: 'd', room })
    ann.send('deleteChat', { ref: 2, id: 'e', room })
    ann.send('setTopic', { topic: 'tea', id: 'f', room })
    await ann.rest()
    await ben.rest()
    await pause(room)
    const others: [string, string, object][] = [
      ['a', 'updateChat', { body: 'edited' }],
      ['a', 'updateChat', { body: 'first', replyTo: 1 }],
      ['a', 'editChat', { ref: 1, body: 'first' }],
      ['b', 'updateChat', { body: 'other' }],
      ['c', 'react', { ref: 1, emoji: '👍', on: false }],
      ['d', 'editChat', { ref: 1, body: 'first' }],
      ['e', 'deleteChat', { ref: 1 }],
      ['f', 'setTopic', { topic: 'coffee' }],
    ]
    for (const [id, event, data] of others) {
      ann.send(event, { ...data, id, room })
      expect([id, event, await ann.next('error')]).toEqual([id, event, refused('conflict', { id })])
    }
    await pause(room)
    const same: [string, string, object, number][] = [
      ['a', 'updateChat', { body: 'first' }, 1],
      ['b', 'updateChat', { body: 'second' }, 2],
      ['c', 'react', { ref: 1, emoji: '👍', on: true }, 3],
      ['d', 'editChat', { ref: 1, body: 'edited' }, 4],
      ['e', 'deleteChat', { ref: 2 }, 5],
      ['f', 'setTopic', { topic: 'tea' }, 6],
    ]
    for (const [id, event, data, seq] of same) {
      ann.send(event, { ...data, id, room })
      expect((await ann.next('ack')).data).toEqual({ id, seq, time: expect.any(Number) })
    }
    expect(await heard(ben)).toEqual([])
  })

  it('[ER5] accepts an id that another person has used', async () => {
    const { room, ann, ben } = await two()
    ann.say('mine', { id: 'same' })
    await ann.next('ack')
    await ben.rest()
    await pause(room)
    ben.say('mine too', { id: 'same' })
    expect((await ben.next('ack')).data).toMatchObject({ id: 'same', seq: 2 })
  })

  it('[ER6] refuses a change too old to know whether it was already stored', async () => {
    const { room, ann, ben } = await two()
    const { epoch } = ann.frames[0]?.data ?? {}
    ann.say('one')
    await ann.next('ack')
    await ben.rest()
    await pause(room)
    for (const more of [
      { since: 0, epoch: 'another' },
      { since: 99, epoch },
    ]) {
      ann.say('late', { id: 'l', ...more })
      expect(await heard(ann)).toEqual([refused('stale', { id: 'l' })])
    }
    expect(await heard(ben)).toEqual([])
    ann.say('late', { id: 'l', since: 1, epoch })
    expect((await ann.next('ack')).data).toMatchObject({ id: 'l', seq: 2 })
  })

  it('[ER7] accepts names and ids that every JavaScript object has, like __proto__', async () => {
    const room = freshRoom()
    const ann = await RawClient.join(room, '__proto__')
    const ben = await RawClient.join(room, 'constructor')
    await ben.rest()
    await pause(room)
    ann.text(
      `{"event":"updateChat","data":{"body":"x","room":"${room}","id":"__proto__","__proto__":{"seq":9}}}`,
    )
    expect((await ann.next('ack')).data).toMatchObject({ id: '__proto__', seq: 1 })
    ann.send('react', { ref: 1, emoji: '__proto__', on: true, id: 'toString', room })
    expect((await ann.next('ack')).data).toMatchObject({ id: 'toString', seq: 2 })
    await pause(room)
    const { by } = ann.frames[0]?.data ?? {}
    ben.send('msgHistory', {})
    expect((await ben.next('msgHistory')).data).toMatchObject([
      { username: '__proto__', reactions: [{ emoji: '__proto__', by: [by] }] },
    ])
    for (const event of ['__proto__', 'constructor', 'hasOwnProperty', 'valueOf', '']) {
      ann.text(`{"event":${JSON.stringify(event)},"data":{"id":"i"}}`)
      expect(await ann.next('error')).toEqual(refused('unknown-event', { id: 'i' }))
    }
  })

  it('[ER8] refuses a text nested as deep as a frame allows', async () => {
    const { room, ann, ben } = await two()
    await pause(room)
    const deep = (data: string) => `{"event":"updateChat","data":${data}}`
    ann.text(deep(`${'['.repeat(16_000)}${']'.repeat(16_000)}`))
    expect(await heard(ann)).toEqual([refused('bad-frame')])
    const nest = (depth: number) => deep(`${'{"a":'.repeat(depth)}"\\ud83d"${'}'.repeat(depth)}`)
    ann.text(nest(5_000))
    expect(await heard(ann)).toEqual([refused('bad-frame')])
    ann.text(nest(900))
    expect(await heard(ann)).toEqual([refused('bad-data', { detail: 'room' })])
    ann.text('['.repeat(32_000))
    expect(await heard(ann)).toEqual([refused('bad-frame')])
    expect(await heard(ben)).toEqual([])
  })

  it('[ER9] replaces characters that UTF-8 cannot encode, the same for everyone, live and stored', async () => {
    const { room, ann, ben } = await two()
    const halves = { body: 'cut \ud83d here', id: 'a\ud83d' }
    ann.send('updateChat', { ...halves, room })
    const first = (await ann.next('ack')).data
    const live = (await ben.next('updateChat')).data
    await pause(room)
    ann.send('updateChat', { ...halves, room })
    expect(await heard(ann)).toEqual([{ event: 'ack', data: first }])
    ben.send('msgHistory', {})
    expect((await ben.next('msgHistory')).data).toEqual([live])
  })

  it('[ER10] stores every other character unchanged', async () => {
    const { room, ann, ben } = await two()
    const body = 'a\u0000b\u0001\u2028\u2029\u200d\ufeff👩‍🚀\r\n"\\</script>\u202e'
    ann.say(body, { id: 'nul\u0000' })
    await ann.next('ack')
    const live = (await ben.next('updateChat')).data
    expect([live.body, live.id]).toEqual([body, 'nul\u0000'])
    await pause(room)
    ben.send('msgHistory', {})
    expect((await ben.next('msgHistory')).data).toEqual([live])
    ann.say(body, { id: 'nul\u0000' })
    expect((await ann.next('ack')).data).toMatchObject({ seq: 1 })
  })

  it('[ER11] frees a name as soon as its person takes another one', async () => {
    const { room, ann, ben } = await two()
    await pause(room)
    ben.send('userRename', { username: ' ANN ', room })
    expect(await heard(ben)).toEqual([refused('name-taken', { suggestion: 'ANN 2' })])
    ann.send('userRename', { username: 'Cleo', room })
    const { by } = ann.frames[0]?.data ?? {}
    expect(await ben.next('userRename')).toEqual({
      event: 'userRename',
      data: { by, username: 'Cleo', room },
    })
    await pause(room)
    ben.send('userRename', { username: 'Ann', room })
    expect(
      (await ann.until(({ event, data }) => event === 'userRename' && data.username === 'Ann')).data.by,
    ).toBe(ben.frames[0]?.data.by)
    ann.say('as Cleo')
    expect((await ben.next('updateChat')).data.username).toBe('Cleo')
  })

  it('[ER12] counts bad frames for each connection, even before it joins', async () => {
    const { room, ann, ben } = await two()
    const cookie = newCookie()
    const stranger = await RawClient.open(room, cookie)
    for (let n = 0; n < 6; n++) stranger.text('bad')
    await stranger.until(({ data }) => data.code === 'bad-frame')
    await pause(room)
    for (let n = 0; n < 9; n++) ann.text('bad')
    for (let n = 0; n < 4; n++) stranger.text(new ArrayBuffer(1))
    expect(await stranger.untilClosed()).toEqual({ code: 1008, reason: 'bad-frame' })
    expect(stranger.frames).toEqual(Array(10).fill(refused('bad-frame')))
    expect(await heard(ann)).toEqual(Array(9).fill(refused('bad-frame')))
    expect(await heard(ben)).toEqual([])
    expect(ann.closed).toBeUndefined()
  })

  it('[ER13] accepts a frame of exactly 32 KiB, and no larger one', async () => {
    const { room, ann } = await two()
    const frame = (bytes: number) => {
      const [head, tail] = [`{"event":"updateChat","data":{"body":"x","room":"${room}","pad":"€`, '"}}']
      return `${head}${'p'.repeat(bytes - new TextEncoder().encode(head + tail).length)}${tail}`
    }
    await pause(room)
    ann.text(frame(32 * 1024))
    expect((await ann.next('ack')).data.seq).toBe(1)
    const stranger = await RawClient.open(room)
    for (const raw of [ann, stranger]) {
      raw.text(frame(32 * 1024 + 1))
      expect(await raw.next('error')).toEqual(refused('too-large'))
      expect(await raw.untilClosed()).toEqual({ code: 1009, reason: 'too-large' })
    }
  })

  it('[ER14] keeps the connection open after every refusal that does not close it by rule', async () => {
    const { room, ann, ben } = await two()
    const frames: [string, unknown][] = [
      ['userJoin', { username: 'Ann', room, version: 2 }],
      ['userJoin', { username: 'Ann', room }],
      ['userJoin', { username: 'Ann', room, watch: true }],
      ['newRoom', { username2: 'Nobody' }],
      ['newRoom', { username2: '' }],
      ['newRoom', { username2: 'x'.repeat(5_000) }],
      ['newRoom', { username2: ' ann ' }],
      ['userRename', { username: '\u202e', room }],
      ['dismissRoom', { invite: 'no such', room }],
    ]
    await pause(room)
    const codes: string[][] = []
    for (const [event, data] of frames) {
      ann.send(event, data)
      codes.push((await heard(ann)).map((frame) => frame.data.code))
    }
    expect(codes).toEqual([
      ['already-joined'],
      ['already-joined'],
      ['already-joined'],
      ['not-found'],
      ['not-found'],
      ['not-found'],
      ['bad-data'],
      ['name-invalid'],
      [],
    ])
    expect(await heard(ben)).toEqual([])
    ann.say('still here')
    await ben.next('updateChat')
  })
})

describe('a person who sends too fast', () => {
  it('[ER15] learns how long to wait, and a retry after that is stored once', async () => {
    const room = freshRoom()
    const ann = await RawClient.join(room, 'Ann')
    const ben = await RawClient.join(room, 'Ben')
    const { epoch } = ann.frames[0]?.data ?? {}
    const say = (id: string) => ann.say(`said ${id}`, { id, since: 0, epoch })
    const ids = Array.from({ length: 35 }, (_, n) => `i${n}`)
    const clock = stopTime()
    for (const id of ids) say(id)
    const waiting: string[] = []
    for (const id of ids) {
      const { event, data } = await ann.until((frame) => frame.data.id === id, `an answer to ${id}`)
      if (event !== 'error') continue
      waiting.push(id)
      expect(data).toEqual(refused('rate-limited', { retryAfter: data.retryAfter, id }).data)
      expect(data.retryAfter).toBeGreaterThan(0)
      expect(data.retryAfter).toBeLessThanOrEqual(100)
    }
    expect(waiting.length).toBeGreaterThanOrEqual(5)
    for (const id of waiting) {
      clock.pass(100)
      say(id)
      expect(['ack', 'updateChat']).toContain((await ann.until((frame) => frame.data.id === id)).event)
    }
    const received: string[] = []
    while (received.length < 35) received.push((await ben.next('updateChat')).data.id)
    expect(received.toSorted()).toEqual(ids.toSorted())
    expect(await heard(ben)).toEqual([])
  })

  it('[ER16] is limited across all their tabs, and nobody else is', async () => {
    const room = freshRoom()
    const cookie = newCookie()
    const ann = await RawClient.join(room, 'Ann', cookie)
    const tab = await RawClient.join(room, 'Ann', cookie)
    const ben = await RawClient.join(room, 'Ben')
    stopTime()
    for (let n = 0; n < 40; n++) ann.send('userTyping', { username: 'Ann', room })
    expect((await ann.next('error')).data).toMatchObject({ code: 'rate-limited' })
    for (let n = 0; n < 5; n++) tab.say('now')
    expect((await tab.next('error')).data).toMatchObject({ code: 'rate-limited' })
    ben.say('at ease')
    await ben.next('ack')
    await ann.until(({ event, data }) => event === 'updateChat' && data.body === 'at ease')
  })
})
