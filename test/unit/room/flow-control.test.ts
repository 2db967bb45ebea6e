import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/protocol/limits.ts'
import { utf8Length } from '../../../src/room/model/text.ts'
import {
  type Connection,
  countRead,
  countSent,
  furthestBehind,
  newConnection,
  syncEvery,
} from '../../../src/room/state/connection.ts'
import { TestRoom, type Told } from './test-room.ts'

const KIB = 1024
const MIB = 1024 * KIB
const ASK = LIMITS.syncEveryBytes
const LIMIT = LIMITS.syncUnansweredBytes

/** A number of bytes sent, or an answer to a `sync`. */
type Step = number | 'read'

function verdicts(steps: readonly Step[]): string[] {
  const reader = newConnection({ session: 's', by: 'ann', origin: '' })
  return steps.flatMap((step) => {
    if (step !== 'read') return countSent(reader, step)
    countRead(reader)
    return []
  })
}

const times = (count: number, ...steps: Step[]): Step[] => Array.from({ length: count }, () => steps).flat()

/** A room with `size` bytes of messages. */
function talkative(size: number): { room: TestRoom; ann: Connection; say(): Told } {
  const room = new TestRoom()
  const ann = room.enter('ann')
  const say = () => room.send(ann, 'updateChat', { body: 'x'.repeat(LIMITS.bodyLength) })
  for (let sent = 0; sent < size; sent += LIMITS.bodyLength + 150) say()
  return { room, ann, say }
}

describe('unacknowledged bytes', () => {
  it.each<[string, Step[], string[]]>([
    ['a few bytes cause no sync', [1, ASK - 2], ['fine', 'fine']],
    [
      'the sync size causes a sync, and counting begins again',
      [ASK - 1, 1, ASK - 1, 1],
      ['fine', 'ask', 'fine', 'ask'],
    ],
    ['one large frame causes one sync', [3 * MIB, 1], ['ask', 'fine']],
    ['the limit itself does not close the socket', [LIMIT], ['ask']],
    ['one byte more closes it', [LIMIT, 1], ['ask', 'close']],
    ['an answer acknowledges everything before its sync', [LIMIT, 'read', LIMIT, 1], ['ask', 'ask', 'close']],
    [
      'an answer acknowledges nothing after its sync',
      [...times(8, ASK), 'read', ASK, 1],
      [...Array(9).fill('ask'), 'close'],
    ],
    ['a reader who answers is never closed', times(100, ASK, 'read'), Array(100).fill('ask')],
    ['an answer without a sync acknowledges nothing', ['read', 'read', LIMIT, 1], ['ask', 'close']],
    ['a second answer acknowledges nothing', [ASK, 'read', 'read', LIMIT, 1], ['ask', 'ask', 'close']],
  ])('[FL1] %s', (_name, steps, expected) => expect(verdicts(steps)).toEqual(expected))
})

describe('a reader who stops reading', () => {
  const bytes = (told: readonly Told[], to: Connection): number =>
    told.flatMap((one) => one.frames(to)).reduce((sum, frame) => sum + utf8Length(frame), 0)

  /** Repeats `act` until the reader is closed. */
  function untilClosed(reader: Connection, act: () => Told): Told[] {
    const told: Told[] = []
    for (;;) {
      const next = act()
      told.push(next)
      const close = next.closed(reader)
      if (close) {
        expect(close).toEqual({ code: 4408, reason: 'slow reader' })
        return told
      }
      if (told.length > 2_000) return expect.unreachable('it was never closed')
    }
  }

  it.each([
    ['ASCII', 'x'.repeat(LIMITS.bodyLength)],
    ['any text', '€'.repeat(LIMITS.bodyLength)],
  ])('[FL2] gets the first part of a long resume, and no more: in %s', (_name, body) => {
    const room = new TestRoom()
    const ann = room.enter('ann')
    const say = () => room.send(ann, 'updateChat', { body })
    for (let sent = 0; sent < 3.5 * MIB; sent += utf8Length(body) + 200) say()
    const reader = room.open('ben')
    const { epoch } = room.core.record ?? {}
    const resume = room.join(reader, { after: 0, epoch })
    expect(resume.the(reader, 'joined')).toMatchObject({ resumed: true })
    expect(bytes([resume], reader)).toBeGreaterThan(ASK)
    expect(bytes([resume], reader)).toBeLessThan(ASK + 20 * KIB)
    expect(bytes(Array.from({ length: 200 }, say), reader)).toBe(0)
  })

  it('[FL6] gets live changes up to the limit, and no more', () => {
    const { room, say } = talkative(0)
    const reader = room.enter('ben')
    const live = bytes(untilClosed(reader, say), reader)
    expect(live).toBeGreaterThan(LIMIT - 10 * KIB)
    expect(live).toBeLessThanOrEqual(LIMIT)
  })

  it('[FL3] and requests page after page is closed too, and unsent pages are not read', () => {
    const { room } = talkative(1 * MIB)
    const reader = room.enter('ben')
    const page = (): [Connection, string, object] => [reader, 'msgHistory', { limit: 200 }]
    const told = untilClosed(reader, () => room.turn(page()))
    expect(bytes(told, reader)).toBeGreaterThan(LIMIT - MIB)
    expect(bytes(told, reader)).toBeLessThanOrEqual(LIMIT)

    const again = room.enter('cleo')
    const { page: read } = room.store
    let reads = 0
    room.store.page = (query) => {
      reads += 1
      return read.call(room.store, query)
    }
    const many = room.turn(
      ...Array.from({ length: 100 }, (): [Connection, string, object] => [
        again,
        'msgHistory',
        { limit: 200 },
      ]),
    )
    expect(many.closed(again)?.code).toBe(4408)
    expect(reads).toBeLessThan(10)
  })

  it('[FL4] keeps the unacknowledged bytes across a sleep: they are stored at each sync and each answer', () => {
    const { room, say } = talkative(0)
    const reader = room.enter('ben')
    const asked = Array.from({ length: 400 }, say).filter((told) => told.events(reader).includes('sync'))
    expect(asked.length).toBeGreaterThan(1)
    for (const told of asked) expect(told.outcome.touched.has(reader)).toBe(true)
    expect(room.send(reader, 'sync', { seq: 1 }).outcome.touched.has(reader)).toBe(true)
  })
})

describe('who is furthest behind', () => {
  const { personUnansweredBytes: PERSON, roomUnansweredBytes: ROOM } = LIMITS

  function reader(by: string, confirmable: number, sinceAsk = 0): Connection {
    const flow = { unanswered: confirmable + sinceAsk, sinceAsk, asks: [confirmable] }
    return { ...newConnection({ session: by, by, origin: '' }), flow }
  }

  it('[FL7] is closed first where a person leaves more unconfirmed than a person may, and nobody else', () => {
    const [most, some, more] = [reader('ann', 3 * MIB), reader('ann', 2 * MIB), reader('ann', 2 * MIB + 1)]
    const others = Array.from({ length: 4 }, (_, n) => reader(`ben ${n}`, PERSON / 2))
    expect(furthestBehind([some, more, ...others])).toEqual([])
    const rest = reader('ann', PERSON - 7 * MIB - 1)
    expect(furthestBehind([some, most, more, rest, ...others])).toEqual([])
    expect(furthestBehind([some, most, more, rest, reader('ann', 1), ...others])).toEqual([most])
  })

  it('[FL8] is closed first where a room leaves more unconfirmed than a room may', () => {
    const readers = Array.from({ length: 16 }, (_, n) => reader(`reader ${n}`, ROOM / 16))
    expect(furthestBehind(readers)).toEqual([])
    const most = reader('most', ROOM / 16 + MIB)
    expect(furthestBehind([...readers, most])).toEqual([most])
    const all = [...readers, reader('little', 1), ...readers.map(() => reader('x', 1)), most]
    expect(furthestBehind(all)[0]).toBe(most)
    expect(furthestBehind(all)).toHaveLength(2)
  })

  it('[FL12] is, among equals, who has not been sent the newest frames yet: what was sent cannot be taken back', () => {
    const readers = Array.from({ length: 4 }, () => reader('ann', PERSON / 4))
    const last = reader('ann', PERSON / 4 + 1)
    const newest = reader('ann', PERSON / 4)
    expect(furthestBehind([...readers, newest, last], new Set([newest, last]))).toEqual([newest, last])
  })

  it('[FL9] is judged by what they were asked to confirm, not by what they were sent since', () => {
    expect(furthestBehind(Array.from({ length: 100 }, () => reader('ann', 0, ASK - 1)))).toEqual([])
  })

  it.each([
    [1, ASK],
    [32, ASK],
    [64, ASK / 2],
    [400, ROOM / 800],
    [10_000, LIMITS.syncEveryBytesLeast],
  ])(
    '[FL10] among %i sockets each is asked in time for all to stay within half the bound',
    (sockets, every) => {
      expect(syncEvery(sockets)).toBe(every)
    },
  )

  it.each([
    ['one person with 50 sockets', 1, PERSON],
    ['ten people with 20 sockets each', 10, ROOM],
  ])('[FL11] %s who confirm nothing leave no more than the bound, and others stay', (_who, people, bound) => {
    const { room, ann } = talkative(1 * MIB)
    const well = room.enter('well')
    const silent = Array.from({ length: people === 1 ? 50 : 200 }, (_, n) =>
      room.open(`silent ${n % people}`),
    )
    const ends: string[] = []
    const tell = (told: Told): void => {
      const sockets = new Set([...silent, well].filter((to) => told.closed(to)))
      ends.push(...[...sockets].map((to) => `${to.by.slice(0, 6)} ${told.closed(to)?.code}`))
      const left = [...room.core.connections].reduce(
        (sum, { flow }) => sum + flow.unanswered - flow.sinceAsk,
        0,
      )
      expect(left).toBeLessThanOrEqual(bound)
      for (let asks = well.flow.asks.length; asks > 0; asks -= 1) room.send(well, 'sync', { seq: 1 })
      for (let asks = ann.flow.asks.length; asks > 0; asks -= 1) room.send(ann, 'sync', { seq: 1 })
    }
    for (const reader of silent) {
      tell(room.join(reader))
      tell(room.send(reader, 'msgHistory', { limit: 200 }))
    }
    expect(new Set(ends)).toEqual(new Set(['silent 4408']))
    expect(ends.length).toBeGreaterThan(silent.length / 2)
    expect(room.core.connections.has(well)).toBe(true)
  })
})

describe('the rate limit', () => {
  it('[FL5] charges an unrequested answer like any other frame, and a requested one not at all', () => {
    const room = new TestRoom({ rate: { burst: 5, perSecond: 1 } })
    const reader = room.enter('ben')
    room.wait(10_000)
    const answer = () => room.send(reader, 'sync', { seq: 1 })
    const unasked = Array.from({ length: 7 }, () => answer().events(reader))
    expect(unasked).toEqual([[], [], [], [], [], ['error'], ['error']])
    for (let n = 0; n < 20; n++) {
      expect(countSent(reader, ASK)).toBe('ask')
      expect(answer().events(reader)).toEqual([])
    }
  })
})
