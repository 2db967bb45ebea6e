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
  unconfirmed,
} from '../../../src/room/state/connection.ts'
import { UnreadOutput } from '../../../src/room/state/unread-output.ts'
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
    if (step !== 'read') return countSent(reader, step, 0)
    countRead(reader, 0)
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

  const slow = (readers: Connection[], unsent: Connection[] = [], unread = new UnreadOutput()) =>
    furthestBehind(new Set(readers), unread, LIMITS.syncAnswerMs, new Set(unsent))

  it('[FL7] is closed first where a person leaves more unconfirmed than a person may, and nobody else', () => {
    const [most, some, more] = [reader('ann', 3 * MIB), reader('ann', 2 * MIB), reader('ann', 2 * MIB + 1)]
    const others = Array.from({ length: 4 }, (_, n) => reader(`ben ${n}`, PERSON / 2))
    expect(slow([some, more, ...others])).toEqual([])
    const rest = reader('ann', PERSON - 7 * MIB - 1)
    expect(slow([some, most, more, rest, ...others])).toEqual([])
    expect(slow([some, most, more, rest, reader('ann', 1), ...others])).toEqual([most])
  })

  it('[FL8] is closed first where a room leaves more unconfirmed than a room may', () => {
    const readers = Array.from({ length: 16 }, (_, n) => reader(`reader ${n}`, ROOM / 16))
    expect(slow(readers)).toEqual([])
    const most = reader('most', ROOM / 16 + MIB)
    expect(slow([...readers, most])).toEqual([most])
    const all = [...readers, reader('little', 1), ...readers.map(() => reader('x', 1)), most]
    expect(slow(all)[0]).toBe(most)
    expect(slow(all)).toHaveLength(2)
  })

  it('[FL12] is, among equals, who has not been sent the newest frames yet: what was sent cannot be taken back', () => {
    const readers = Array.from({ length: 4 }, () => reader('ann', PERSON / 4))
    const last = reader('ann', PERSON / 4 + 1)
    const newest = reader('ann', PERSON / 4)
    expect(slow([...readers, newest, last], [newest, last])).toEqual([newest, last])
  })

  it('[FL19] is nobody who was asked just now, or answered just now: first who has stopped answering', () => {
    const now = 1_000_000
    const since = (waitingSince: number, by: string, bytes: number): Connection => {
      const asked = reader(by, bytes)
      return { ...asked, flow: { ...asked.flow, waitingSince } }
    }
    const behind = (readers: Connection[]): string[] =>
      furthestBehind(new Set(readers), new UnreadOutput(), now).map(({ by }) => by)
    const reading = Array.from({ length: 20 }, (_, n) => since(now, `reading ${n}`, ROOM / 16))
    expect(behind(reading)).toEqual([])
    const stopped = ['one', 'other'].map((by) => since(now - LIMITS.syncAnswerMs, by, MIB))
    expect(behind([...reading, ...stopped])).toEqual(['one', 'other'])
    const burst = Array.from({ length: 13 }, (_, n) => since(now, `burst ${n}`, ROOM / 16))
    expect(behind([...reading, ...burst, ...stopped])).toEqual(['one', 'other', 'reading 0'])
    expect(behind([...reading, ...reading.map((_, n) => since(now, `more ${n}`, ROOM / 16))])).toHaveLength(8)
  })

  it('[FL20] waits for an answer from when it is asked, and from each answer', () => {
    const ann = newConnection({ session: 's', by: 'ann', origin: '' })
    countSent(ann, ASK, 1_000)
    countSent(ann, ASK, 2_000)
    expect(ann.flow.waitingSince).toBe(1_000)
    countRead(ann, 3_000)
    expect(ann.flow.waitingSince).toBe(3_000)
    countRead(ann, 4_000)
    countSent(ann, ASK, 9_000)
    expect(ann.flow.waitingSince).toBe(9_000)
  })

  it('[FL9] is judged by what they were asked to confirm, not by what they were sent since', () => {
    expect(slow(Array.from({ length: 100 }, () => reader('ann', 0, ASK - 1)))).toEqual([])
  })

  it.each([
    [1, ASK],
    [32, ASK],
    [64, ASK / 2],
    [400, ROOM / 800],
    [10_000, LIMITS.syncEveryBytesLeast],
  ])(
    '[FL10] among %i sockets each is asked in time for all to stay within half the bound, or 40 MiB',
    (sockets, every) => {
      expect(syncEvery(sockets)).toBe(every)
      expect(sockets * every).toBeLessThan(40 * MIB)
    },
  )

  it.each([
    ['one person with 50 sockets', 1, PERSON],
    ['ten people with 20 sockets each', 10, ROOM],
  ])('[FL11] %s who confirm nothing leave no more than the bound, and others stay', (_who, people, bound) => {
    const { room, ann, say } = talkative(1 * MIB)
    const well = room.enter('well')
    const silent = Array.from({ length: people === 1 ? 50 : 200 }, (_, n) =>
      room.open(`silent ${n % people}`),
    )
    const ends: string[] = []
    let held = 0
    let bursts = true
    const tell = (told: Told): void => {
      const sockets = new Set([...silent, well].filter((to) => told.closed(to)))
      ends.push(...[...sockets].map((to) => `${to.by.slice(0, 6)} ${told.closed(to)?.code}`))
      const left = [...room.core.connections].reduce((sum, to) => sum + unconfirmed(to), 0)
      expect(left).toBeLessThanOrEqual((bursts && people > 1 ? 2 : 1) * bound + MIB)
      held += told.outcome.deliveries.reduce((sum, { unread }) => sum + (unread?.bytes ?? 0), 0)
      // Half of the room's bound may be with readers who were not asked about it, or all of it with those asked just now.
      expect(held + left).toBeLessThan(bound + (people > 1 ? ROOM : ROOM / 2) + 8 * MIB)
      for (let asks = well.flow.asks.length; asks > 0; asks -= 1) room.send(well, 'sync', { seq: 1 })
      for (let asks = ann.flow.asks.length; asks > 0; asks -= 1) room.send(ann, 'sync', { seq: 1 })
    }
    for (const reader of silent) {
      tell(room.join(reader))
      tell(room.send(reader, 'msgHistory', { limit: 200 }))
    }
    bursts = false
    for (let n = 0; n < 400; n += 1) {
      room.wait(LIMITS.syncAnswerMs)
      tell(say())
    }
    expect(new Set(ends)).toEqual(new Set(['silent 4408']))
    expect(ends.length).toBeGreaterThan(silent.length / 2)
    expect(room.core.connections.has(well)).toBe(true)
  })
})

describe('what closed sockets hold until their connections end', () => {
  const { personUnansweredBytes: PERSON, roomUnansweredBytes: ROOM } = LIMITS
  const PLACES = { sockets: 10_000, personSockets: 10_000, networkSockets: 10_000 }

  /** Whom a room lets in that closed sockets with so many bytes each, one of each of these people. */
  function refusals(closed: readonly [by: string, bytes: number][]) {
    const room = new TestRoom()
    room.core.make({ kind: 'open', owner: 's-ann' }, room.now)
    for (const by of ['ann', 'mo', 'kim']) room.leave(room.enter(by))
    room.ask('ann', { kind: 'moderate', what: { action: 'setRole', by: 'mo', role: 'moderator' } })
    room.wait(LIMITS.newcomerMs)
    const unread = closed.map(([by, bytes]) => ({ by, bytes }))
    const { core } = new TestRoom({ unread, store: room.store })
    const refusal = (by: string) => {
      const place = core.placeFor({ session: `s-${by}`, by }, PLACES, room.now)
      return place.kind === 'none' ? place.code : 'in'
    }
    return { core, unread, refusal }
  }

  it('[FL13] keeps its person out until then, but not others', () => {
    const { core, unread, refusal } = refusals([
      ...Array.from({ length: 3 }, (): [string, number] => ['kim', PERSON / 2]),
      ['leo', PERSON - 1],
    ])
    expect(['kim', 'leo', 'mo', 'stranger'].map(refusal)).toEqual(['rate-limited', 'in', 'in', 'in'])
    const [first, second] = unread
    if (first === undefined || second === undefined) throw new Error('Nothing is left')
    for (const ended of [first, first]) core.ended(ended)
    expect(refusal('kim')).toBe('rate-limited')
    core.ended(second)
    expect(refusal('kim')).toBe('in')
  })

  it('[FL14] keeps newcomers out of a room with much of it, people it knows later, and its moderators never', () => {
    expect(['stranger', 'kim'].map(refusals([['silent', ROOM - 1]]).refusal)).toEqual(['in', 'in'])
    expect(['stranger', 'kim'].map(refusals([['silent', ROOM]]).refusal)).toEqual(['room-full', 'in'])
    expect(['stranger', 'kim', 'silent'].map(refusals([['silent', 1.5 * ROOM]]).refusal)).toEqual([
      'room-full',
      'room-full',
      'rate-limited',
    ])
    for (const by of ['ann', 'mo']) expect(refusals([[by, 2 * ROOM]]).refusal(by)).toBe('in')
  })

  it('[FL15] is what it was sent, not what was withheld, and is told with its close', () => {
    const { room, say } = talkative(0)
    const reader = room.enter('ben')
    for (;;) {
      const [to] = say().outcome.deliveries.filter(({ to, close }) => to === reader && close)
      if (to === undefined) continue
      expect(to.unread?.by).toBe('ben')
      expect(to.unread?.bytes).toBeGreaterThan(LIMIT - 10 * KIB)
      expect(to.unread?.bytes).toBeLessThanOrEqual(LIMIT + LIMITS.closedSocketBytes)
      return
    }
  })

  it('[FL16] leaves its person less to leave unconfirmed, and at least a little', () => {
    const closed = new UnreadOutput([{ by: 'ann', bytes: PERSON - 2 * MIB }])
    const reader = (by: string, bytes: number): Connection => {
      const flow = { unanswered: bytes, sinceAsk: 0, asks: [bytes] }
      return { ...newConnection({ session: by, by, origin: '' }), flow }
    }
    const [ann, ben] = [reader('ann', 2 * MIB + 1), reader('ben', 2 * MIB + 1)]
    expect(furthestBehind(new Set([ann, ben]), closed, LIMITS.syncAnswerMs)).toEqual([ann])
    closed.closed(reader('ann', ROOM))
    const [little, much] = [reader('ann', LIMITS.personUnansweredLeast), reader('cleo', 4 * MIB)]
    expect(furthestBehind(new Set([little, ben]), closed, LIMITS.syncAnswerMs)).toEqual([])
    expect(furthestBehind(new Set([ben, much]), closed, LIMITS.syncAnswerMs)).toEqual([much])
    expect(syncEvery(100, closed.bytes)).toBe(LIMITS.syncEveryBytesLeast)
  })
})

describe('a page of history', () => {
  it('[FL17] is not read for who leaves much unconfirmed: they ask again later', () => {
    const { room } = talkative(1 * MIB)
    const [slow, other] = [room.enter('ben'), room.enter('ben')]
    const well = room.enter('well')
    const ask = (who: Connection) => room.send(who, 'msgHistory', { limit: 200, id: 'page 1' })
    for (let n = 0; n < 3; n += 1) for (const who of [slow, other]) ask(who)
    expect(ask(other).to(other)).toMatchObject([
      { event: 'error', data: { code: 'rate-limited', id: 'page 1', retryAfter: 1_000 } },
    ])
    expect(ask(well).events(well)).toContain('msgHistory')
    for (const who of [slow, other]) while (who.flow.asks.length > 0) room.send(who, 'sync', { seq: 1 })
    expect(ask(other).events(other)).toContain('msgHistory')
  })

  it('[FL18] waits for the next turn where the turn has read much, and each is answered', () => {
    const { room } = talkative(1 * MIB)
    const readers = Array.from({ length: 20 }, (_, n) => room.enter(`reader ${n}`))
    const told = [
      room.turn(...readers.map((to): [Connection, string, object] => [to, 'msgHistory', { limit: 200 }])),
    ]
    const answered = (): number =>
      readers.filter((to) => told.some((one) => one.events(to).includes('msgHistory'))).length
    expect(answered()).toBeLessThan(10)
    expect(room.core.nextDue()).toBe(0)
    told.push(room.leave(readers[19] ?? expect.unreachable()))
    while (room.core.nextDue() === 0) told.push(room.wait(0))
    expect(answered()).toBe(19)
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
      expect(countSent(reader, ASK, 0)).toBe('ask')
      expect(answer().events(reader)).toEqual([])
    }
  })
})
