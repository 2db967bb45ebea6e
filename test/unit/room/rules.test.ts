import { describe, expect, it } from 'vitest'
import { isGeneratedId, parseRoomName } from '../../../src/protocol/names.ts'
import { parseUsername, typedUsername } from '../../../src/protocol/username.ts'
import { admit } from '../../../src/room/model/access.ts'
import { areConfusable } from '../../../src/room/model/confusable-names.ts'
import { type Access, DEFAULT_SETTINGS, type RoomRecord } from '../../../src/room/model/room-record.ts'
import { isLongerThan, utf8Length } from '../../../src/room/model/text.ts'
import { fullBucket, takeToken } from '../../../src/room/model/token-bucket.ts'
import { newConnection } from '../../../src/room/state/connection.ts'
import { measured, Outgoing, pack } from '../../../src/room/state/outgoing.ts'
import { Presence } from '../../../src/room/state/presence.ts'
import { RateLimiter } from '../../../src/room/state/rate-limiter.ts'
import { TestRoom } from './test-room.ts'

const person = (by: string) => ({
  ...newConnection({ session: `s-${by}`, by, origin: 'https://hallway.test' }),
  joined: true,
  username: by,
})

describe('names', () => {
  it.each([
    ['main', 'main'],
    ['MAIN', 'main'],
    ['a', 'a'],
    ['a-b-9', 'a-b-9'],
    ['x'.repeat(64), 'x'.repeat(64)],
    ['x'.repeat(65), undefined],
    ['-a', undefined],
    ['a-', undefined],
    ['a_b', undefined],
    ['ä', undefined],
    ['', undefined],
  ])('[N1] %j as the name of a room: %j', (text, name) => expect(parseRoomName(text)).toBe(name))

  it.each([
    ['a'.repeat(26), true],
    ['a'.repeat(25), false],
    [`${'a'.repeat(25)}1`, false],
    [`${'a'.repeat(25)}7`, true],
  ])('[N2] whether %j is a generated id: %j', (text, is) => expect(isGeneratedId(text)).toBe(is))

  it.each([
    [' Ann  Lee ', 'Ann Lee'],
    ['Zoe\u0308', 'Zoë'],
    ['👩‍🚀', '👩‍🚀'],
    ['\u200bAnn', undefined],
    ['x'.repeat(33), undefined],
  ])('[N3] %j as the name of a person: %j', (text, name) => expect(parseUsername(text)).toBe(name))

  it.each([
    ['Zoë\u00ad', 'Zoë'],
    ['\u200f\u0639\u0644\u06cc\u200c\u0631\u0636\u0627\u200e', '\u0639\u0644\u06cc\u200c\u0631\u0636\u0627'],
    ['\ufeffAnn\u2060 \u200bLee', 'Ann Lee'],
    ['👩‍💻 Kim', '👩‍💻 Kim'],
    ['Ann\u202e', undefined],
    ['\u2066Ann', undefined],
    ['\u200b', undefined],
  ])('[N5] the name typed as %j is %j', (text, name) => expect(typedUsername(text)).toBe(name))

  it.each([
    ['Paula', 'paula', true],
    ['Paula', 'P\u0430ula', true],
    ['Ann Lee', 'AnnLee', true],
    ['Ann', 'Anna', false],
    ['modern', 'modem', true],
  ])('[N4] whether %j and %j are confusable: %j', (one, other, alike) => {
    expect(areConfusable(one, other)).toBe(alike)
  })
})

describe('admission', () => {
  const settings = DEFAULT_SETTINGS
  const record = (access: Access): RoomRecord => ({
    epoch: 'e',
    seq: 0,
    time: 0,
    floor: 0,
    topic: '',
    access,
    settings,
  })
  const { store } = new TestRoom()
  const members = [{ session: 's1', username: 'Ann' }]
  const pair = record({ kind: 'private', home: 'main', members, waiting: [] })
  it.each<[string, string, RoomRecord | undefined, string, string | undefined]>([
    ['a room by name that has not begun', 'main', undefined, 's2', undefined],
    ['a generated room that was never made', 'a'.repeat(26), undefined, 's2', 'not-found'],
    [
      'a generated room that was made',
      'a'.repeat(26),
      record({ kind: 'open', owner: 's1' }),
      's2',
      undefined,
    ],
    ['a private room, by one of its two', 'a'.repeat(26), pair, 's1', undefined],
    ['a private room, by anyone else', 'a'.repeat(26), pair, 's2', 'not-found'],
  ])('[A1] %s', (_name, room, known, session, refused) =>
    expect(admit({ room, record: known, store, now: 0 }, { session, by: session })).toBe(refused),
  )
})

describe('the rate limit', () => {
  const rate = { burst: 3, perSecond: 2 }
  it('[L1] allows a burst, then as much as is refilled, and says how long to wait', () => {
    let bucket = fullBucket(rate, 0)
    const waits = [0, 0, 0, 0, 250, 500, 600].map((now) => {
      const taken = takeToken(bucket, rate, now)
      bucket = taken.bucket
      return taken.retryAfter
    })
    expect(waits).toEqual([0, 0, 0, 500, 250, 0, 400])
  })

  it('[L2] is separate for each person, and treats a hundred refusals within a second as a flood', () => {
    const limiter = new RateLimiter(rate)
    const kinds = Array.from({ length: 103 }, () => limiter.take('ann', 0).kind)
    expect(kinds.filter((kind) => kind === 'pass')).toHaveLength(3)
    expect(kinds.indexOf('flood')).toBe(102)
    expect(limiter.take('ben', 0).kind).toBe('pass')
  })
})

describe('presence', () => {
  it('[S1] counts people, keeps them during their grace period, and removes them after it', () => {
    const presence = new Presence([])
    const ann = person('ann')
    expect([presence.arrive(ann), presence.arrive(ann), presence.arrive(person('ben'))]).toEqual([
      true,
      false,
      true,
    ])
    presence.depart(ann, 0)
    expect(presence.nextExpiry()).toBeUndefined()
    presence.depart(ann, 1_000)
    expect([presence.count, presence.nextExpiry(), presence.expire(2_999)]).toEqual([2, 3_000, []])
    expect(presence.expire(3_000)).toEqual([{ by: 'ann', username: 'ann' }])
    expect(presence.names()).toEqual(['ben'])
  })

  it('[S2] treats a person who returns within the grace period as never gone', () => {
    const presence = new Presence([person('ann')])
    presence.depart(person('ann'), 0)
    expect(presence.arrive(person('ann'))).toBe(false)
    expect(presence.expire(60_000)).toEqual([])
  })
})

describe('the output of a turn', () => {
  const [ann, ben, cleo] = [person('ann'), person('ben'), person('cleo')]
  const hears = () => true

  it('[T1] is one string for all who receive the same', () => {
    const turn = new Outgoing()
    turn.share('{"n":1}', ann)
    turn.share('{"n":2}', 'ben')
    turn.answer(ann, 'ack', { id: 'a', seq: 1, time: 1 })
    const told = Object.fromEntries(
      turn.deliveries(new Set([ann, ben, cleo]), 1, hears).map(({ to, frames }) => [to.by, frames]),
    )
    expect(told).toEqual({
      ann: ['[{"n":2},{"event":"ack","data":{"id":"a","seq":1,"time":1}}]'],
      ben: ['{"n":1}'],
      cleo: ['[{"n":1},{"n":2}]'],
    })
  })

  it('[T2] goes only to the people concerned, if nothing is shared', () => {
    const turn = new Outgoing()
    turn.close(ben, 1008, 'bad-frame')
    expect(turn.deliveries(new Set([ann, ben, cleo]), 1, hears)).toEqual([
      { to: ben, frames: [], close: { code: 1008, reason: 'bad-frame' } },
    ])
  })

  it('[T3] asks a reader after each 512 KiB, and closes one that is over 4 MiB behind', () => {
    const slow = person('slow')
    const asks: number[] = []
    for (let mib = 0.25; mib <= 5; mib += 0.25) {
      const turn = new Outgoing()
      turn.share(JSON.stringify({ pad: 'x'.repeat(256 * 1024) }))
      const [delivery] = turn.deliveries(new Set([slow]), 7, hears)
      if (delivery?.frames.some((frame) => frame === '{"event":"sync","data":{"seq":7}}')) asks.push(mib)
      if (delivery?.close) {
        expect([mib, delivery.close.code, delivery.frames]).toEqual([4, 4408, []])
        expect(asks).toEqual([0.5, 1, 1.5, 2, 2.5, 3, 3.5])
        return
      }
    }
    expect.unreachable('it was never closed')
  })

  it('[T4] travels in frames of bounded size, in order', () => {
    const events = Array.from({ length: 10 }, (_, n) => JSON.stringify({ n, pad: 'é'.repeat(100_000) }))
    const { frames, bytes } = pack(events.map(measured))
    expect(bytes).toBe(frames.reduce((sum, frame) => sum + Buffer.byteLength(frame), 0))
    expect(frames.every((frame) => frame.length < 300_000)).toBe(true)
    expect(frames.flatMap((frame) => JSON.parse(frame)).map(({ n }) => n)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
    ])
    expect(pack([measured('{"ü":1}')])).toEqual({ frames: ['{"ü":1}'], bytes: 8 })
    expect(pack([])).toEqual({ frames: [], bytes: 0 })
  })
})

it.each(['', 'abc', 'ü', '€', '👍', '\ud83d', 'a€👍ü'])(
  '[X1] the computed length of %j is its length in UTF-8',
  (text) => {
    const bytes = new TextEncoder().encode(text).length
    expect(utf8Length(text)).toBe(bytes)
    expect([isLongerThan(text, bytes), isLongerThan(text, bytes - 1)]).toEqual([false, true])
  },
)
