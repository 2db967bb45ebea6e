import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ERRORS } from '../../src/protocol/errors.ts'
import { freshRoom, newCookie, RawClient, request, sleep, upgrade } from './raw-client.ts'
import { shortenWaits } from './speed-up.ts'
import { stopTime } from './worker-clock.ts'

shortenWaits()

const json = (event: string, data: unknown) => JSON.stringify({ event, data })

/** A sender and a bystander in one room. The bystander must notice nothing. */
async function two(pause: (room: string) => Promise<void>) {
  const room = freshRoom()
  const ann = await RawClient.join(room, 'Ann')
  const ben = await RawClient.join(room, 'Ben')
  await ann.next('userJoin')
  await ben.rest()
  await pause(room)
  return { room, ann, ben }
}

/** Refused frames with their codes. `ROOM` stands for the room's name. */
const REFUSED: [string, string | ArrayBuffer, string][] = [
  ['no JSON', 'hello', 'bad-frame'],
  ['a list', '[]', 'bad-frame'],
  ['null', 'null', 'bad-frame'],
  ['no data', '{"event":"updateChat"}', 'bad-frame'],
  ['an event that is no text', '{"event":1,"data":{}}', 'bad-frame'],
  ['binary', new ArrayBuffer(8), 'bad-frame'],
  ['an unknown event', json('shout', {}), 'unknown-event'],
  ['a name every object knows', json('__proto__', {}), 'unknown-event'],
  ['a method every object has', json('toString', {}), 'unknown-event'],
  ['no body', json('updateChat', { room: 'ROOM' }), 'bad-data'],
  ['a blank body', json('updateChat', { body: ' \n ', room: 'ROOM' }), 'bad-data'],
  ['a body over 4,000', json('updateChat', { body: 'x'.repeat(4001), room: 'ROOM' }), 'bad-data'],
  ['a body that is no text', json('updateChat', { body: { length: 3 }, room: 'ROOM' }), 'bad-data'],
  ['an id over 64', json('updateChat', { body: 'x', id: 'i'.repeat(65), room: 'ROOM' }), 'bad-data'],
  ['another room', json('updateChat', { body: 'x', room: 'elsewhere' }), 'bad-data'],
  ['no room', json('updateChat', { body: 'x' }), 'bad-data'],
  ['typing elsewhere', json('userTyping', { username: 'Ann', room: 'elsewhere' }), 'bad-data'],
  ['two places in history', json('msgHistory', { before: 1, after: 1 }), 'bad-data'],
  ['data that is none', json('msgHistory', null), 'bad-data'],
  ['a second join', json('userJoin', { username: 'Ann', room: 'ROOM' }), 'already-joined'],
  ['an answer to nothing', json('updateChat', { body: 'x', replyTo: 99, room: 'ROOM' }), 'not-found'],
  ['an edit of nothing', json('editChat', { ref: 99, body: 'x', room: 'ROOM' }), 'not-found'],
  ['a deletion of nothing', json('deleteChat', { ref: 99, room: 'ROOM' }), 'not-found'],
  ['an invitation for nobody', json('newRoom', { username2: 'Nobody' }), 'not-found'],
  ['an invitation to yourself', json('newRoom', { username2: 'Ann' }), 'bad-data'],
  ['a blank new name', json('userRename', { username: ' ', room: 'ROOM' }), 'name-invalid'],
  ['the other’s name', json('userRename', { username: 'BEN', room: 'ROOM' }), 'name-taken'],
]

describe.each([
  ['awake', async () => {}],
  ['asleep in between', sleep],
])('refusals in a room, %s', (_kind, pause: (room: string) => Promise<void>) => {
  it.each(REFUSED)(
    '[E1] %s is refused, other people get nothing, and the room keeps working',
    async (_name, frame, code) => {
      const { room, ann, ben } = await two(pause)
      ann.text(typeof frame === 'string' ? frame.replaceAll('ROOM', room) : frame)
      const { data } = await ann.next('error')
      expect(data).toMatchObject({ code, message: expect.any(String) })
      expect(JSON.stringify(data)).not.toMatch(/\bat |\.ts|Error:/)
      ben.say('still here')
      await ann.next('updateChat')
      const heard = (await ben.rest()).map(({ event }) => event)
      expect(heard.filter((event) => event !== 'activeUsers' && event !== 'ack')).toEqual([])
    },
  )

  it('[E2] ten bad frames in a row close the connection, and a good one resets the count', async () => {
    const { room, ann, ben } = await two(pause)
    for (let n = 0; n < 9; n++) ann.text('bad')
    await ann.rest()
    for (let n = 0; n < 5; n++) ann.text('bad')
    await pause(room)
    expect(ann.closed).toBeUndefined()
    for (let n = 0; n < 5; n++) ann.text('bad')
    expect(await ann.untilClosed()).toMatchObject({ code: 1008 })
    ben.say('on we go')
    await ben.next('ack')
  })

  it('[E3] a frame of more than 32 KiB closes its connection, counted in bytes and not in characters', async () => {
    const { room, ann, ben } = await two(pause)
    ann.text(json('updateChat', { body: 'x', room, pad: 'p'.repeat(32_000) }))
    await ann.next('ack')
    ann.text(json('updateChat', { body: 'x', room, pad: 'ü'.repeat(20_000) }))
    expect((await ann.next('error')).data).toMatchObject({ code: 'too-large' })
    expect(await ann.untilClosed()).toMatchObject({ code: 1009 })
    ben.say('on we go')
    await ben.next('ack')
  })

  it('[E4] only the author edits and deletes a message, and others are refused but stay connected', async () => {
    const { room, ann, ben } = await two(pause)
    ann.say('mine')
    await ann.next('ack')
    await pause(room)
    for (const frame of [
      { event: 'editChat', data: { ref: 1, body: 'yours', id: 'e', room } },
      { event: 'deleteChat', data: { ref: 1, id: 'd', room } },
    ]) {
      ben.send(frame.event, frame.data)
      expect((await ben.next('error')).data).toMatchObject({ code: 'forbidden', id: frame.data.id })
    }
    ben.say('still in')
    await ben.next('ack')
  })
})

describe('refusals when joining', () => {
  it.each(['', '   ', 'x'.repeat(33), 'a\u0007b', 'a\u202eb', 'a\u200bb', '\u2066', 'a\nb', '\u3164'])(
    '[E5] %j is refused as a name, and the same connection may try another',
    async (username) => {
      const room = freshRoom()
      const ann = await RawClient.open(room)
      ann.send('userJoin', { username, room })
      expect((await ann.next('error')).data).toMatchObject({ code: 'name-invalid' })
      ann.send('userJoin', { username: 'Ann', room })
      await ann.next('joined')
    },
  )

  it.each(['Paula', 'paula', 'PAULA', ' Paula ', 'P\u0430ula', 'Pau1a', 'Pàula'])(
    '[E6] %j is taken once Paula has joined, even while she is away',
    async (username) => {
      const room = freshRoom()
      const cookie = newCookie()
      const paula = await RawClient.join(room, 'Paula', cookie)
      const other = await RawClient.open(room)
      other.send('userJoin', { username, room })
      expect((await other.next('error')).data).toMatchObject({ code: 'name-taken' })
      paula.close(1000)
      await sleep(room)
      other.send('userJoin', { username, room })
      expect((await other.next('error')).data).toMatchObject({ code: 'name-taken' })
      await RawClient.join(room, 'Paula', cookie)
    },
  )

  it('[E7] a connection that has not joined can only join', async () => {
    const room = freshRoom()
    const ann = await RawClient.open(room)
    for (const event of ['updateChat', 'userTyping', 'msgHistory', 'newRoom']) {
      ann.send(event, { body: 'x', username: 'Ann', username2: 'Ben', room })
      expect((await ann.next('error')).data).toMatchObject({ code: 'not-joined' })
    }
    ann.send('userJoin', { username: 'Ann', room: 'elsewhere' })
    expect((await ann.next('error')).data).toMatchObject({ code: 'bad-data' })
  })

  it.each([0, 2])('[E8] version %d of the wire is refused and closed', async (version) => {
    const room = freshRoom()
    const ann = await RawClient.open(room)
    ann.send('userJoin', { username: 'Ann', room, version })
    expect((await ann.next('error')).data).toMatchObject({ code: 'version-unsupported' })
    expect(await ann.untilClosed()).toMatchObject({ code: 4400 })
  })

  it.each([{}, { version: 1 }])('[E15] %j is served as version 1 of the wire', async (version) => {
    const room = freshRoom()
    const ann = await RawClient.open(room)
    ann.send('userJoin', { username: 'Ann', room, ...version })
    expect((await ann.next('joined')).data).toMatchObject({ version: 1 })
    const [roster, history, ...more] = (await ann.rest()).map(({ event }) => event)
    expect([roster, history]).toEqual(['activeUsers', 'msgHistory'])
    // Everyone gets the roster once more.
    expect(more.filter((event) => event !== 'activeUsers')).toEqual([])
  })

  it('[E9] only people who have joined before may watch', async () => {
    const room = freshRoom()
    const cookie = newCookie()
    const ann = await RawClient.join(room, 'Ann', cookie)
    const stranger = await RawClient.open(room)
    stranger.send('userJoin', { username: 'Sly', room, watch: true })
    expect((await stranger.next('error')).data).toMatchObject({ code: 'forbidden' })
    expect(await stranger.untilClosed()).toMatchObject({ code: 4403 })
    const ben = await RawClient.join(room, 'Ben')
    ann.close(1000)
    await ben.until(({ event }) => event === 'userLeave')
    const watching = await RawClient.join(room, 'Ann', cookie, { watch: true })
    ben.say('anyone?')
    expect((await watching.next('updateChat')).data).toMatchObject({ body: 'anyone?' })
    expect((await ben.rest()).map(({ event }) => event)).not.toContain('userJoin')
  }, 20_000)

  it('[E10] an invalid room name is refused before any object wakes', async () => {
    for (const name of ['a_b', '-a', 'a-', 'x'.repeat(65), '%20']) {
      const response = await upgrade(name)
      expect([name, response.status, (await response.json<{ code: string }>()).code]).toEqual([
        name,
        400,
        'room-invalid',
      ])
    }
  })

  it('[E11] a page of another site gets no socket, and creates no room', async () => {
    const headers = { Origin: 'https://elsewhere.example' }
    const foreign = await upgrade(freshRoom(), headers)
    expect([foreign.status, (await foreign.json<{ code: string }>()).code]).toEqual([403, 'forbidden'])
    for (const path of ['/api/rooms', '/api/session']) {
      expect((await request(path, { method: 'POST', headers })).status).toBe(403)
    }
    expect((await upgrade(freshRoom(), { Origin: 'http://hallway.test' })).status).toBe(101)
  })
})

it('[E14] an internal error costs one frame: the sender learns no detail, and the room keeps working', async () => {
  const room = freshRoom()
  const ann = await RawClient.join(room, 'Ann')
  const ben = await RawClient.join(room, 'Ben')
  ann.say('tea')
  await ann.next('ack')
  const rename = (from: string, to: string) =>
    runInDurableObject(env.ROOMS.getByName(room), (_room, state) => {
      state.storage.sql.exec(`ALTER TABLE ${from} RENAME TO ${to}`).toArray()
    })
  await rename('messages', 'elsewhere')
  ann.send('editChat', { ref: 1, body: 'coffee', id: 'e1', room })
  expect((await ann.next('error')).data).toEqual({
    code: 'internal',
    message: ERRORS.internal.message,
    id: 'e1',
  })
  await rename('elsewhere', 'messages')
  ann.send('editChat', { ref: 1, body: 'coffee', id: 'e1', room })
  expect((await ann.next('ack')).data).toMatchObject({ id: 'e1', seq: 2 })
  expect((await ben.next('editChat')).data).toMatchObject({ ref: 1, body: 'coffee' })
})

describe('sending too fast', () => {
  // While time passes, the bucket fills.
  beforeEach(stopTime)
  afterEach(() => {
    vi.restoreAllMocks()
  })

  it('[E12] frames over the burst are refused with their id and a time to wait, and other people get nothing', async () => {
    const room = freshRoom()
    const ann = await RawClient.join(room, 'Ann')
    const ben = await RawClient.join(room, 'Ben')
    for (let n = 0; n < 40; n++) ann.say(`m${n}`, { id: `i${n}` })
    const { data } = await ann.next('error')
    expect(data).toMatchObject({ code: 'rate-limited', retryAfter: expect.any(Number) })
    expect(data.id).toMatch(/^i(29|30)$/)
    ben.say('at ease')
    await ben.next('ack')
  })

  it('[E13] a flood closes the connection, and the room keeps working', async () => {
    const room = freshRoom()
    const ann = await RawClient.join(room, 'Ann')
    const ben = await RawClient.join(room, 'Ben')
    for (let n = 0; n < 200; n++) ann.say(`m${n}`)
    expect(await ann.untilClosed()).toMatchObject({ code: 4429 })
    ben.say('at ease')
    await ben.next('ack')
  })
})
