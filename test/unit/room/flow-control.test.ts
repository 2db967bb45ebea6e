import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/protocol/limits.ts'
import { utf8Length } from '../../../src/room/model/text.ts'
import { type Connection, countRead, countSent, newConnection } from '../../../src/room/state/connection.ts'
import { TestRoom, type Told } from './test-room.ts'

const KIB = 1024
const MIB = 1024 * KIB
const ASK = LIMITS.syncEveryBytes
const LIMIT = LIMITS.syncUnansweredBytes

/** A number of bytes sent, or an answer to a `sync`. */
type Step = number | 'read'

function verdicts(steps: readonly Step[], allowance = 0): string[] {
  const reader = newConnection({ session: 's', by: 'ann', origin: '' })
  reader.flow.allowance = allowance
  return steps.flatMap((step) => {
    if (step !== 'read') return countSent(reader, step)
    countRead(reader)
    return []
  })
}

const times = (count: number, ...steps: Step[]): Step[] => Array.from({ length: count }, () => steps).flat()

describe('unacknowledged bytes', () => {
  it.each<[string, Step[], number, string[]]>([
    ['a few bytes cause no sync', [1, ASK - 2], 0, ['fine', 'fine']],
    [
      'the sync size causes a sync, and counting begins again',
      [ASK - 1, 1, ASK - 1, 1],
      0,
      ['fine', 'ask', 'fine', 'ask'],
    ],
    ['one large frame causes one sync', [3 * MIB, 1], 0, ['ask', 'fine']],
    ['the limit itself does not close the socket', [LIMIT], 0, ['ask']],
    ['one byte more closes it', [LIMIT, 1], 0, ['ask', 'close']],
    [
      'an answer acknowledges everything before its sync',
      [LIMIT, 'read', LIMIT, 1],
      0,
      ['ask', 'ask', 'close'],
    ],
    [
      'an answer acknowledges nothing after its sync',
      [...times(8, ASK), 'read', ASK, 1],
      0,
      [...Array(9).fill('ask'), 'close'],
    ],
    ['a reader who answers is never closed', times(100, ASK, 'read'), 0, Array(100).fill('ask')],
    ['an answer without a sync acknowledges nothing', ['read', 'read', LIMIT, 1], 0, ['ask', 'close']],
    ['a second answer acknowledges nothing', [ASK, 'read', 'read', LIMIT, 1], 0, ['ask', 'ask', 'close']],
    ['an allowance is added to the limit', [3 * MIB, LIMIT, 1], 3 * MIB, ['ask', 'ask', 'close']],
    [
      'an allowance ends when its bytes were read',
      [3 * MIB, 'read', LIMIT, 1],
      3 * MIB,
      ['ask', 'ask', 'close'],
    ],
    [
      'an allowance shrinks as its bytes are read',
      [2 * MIB, 1 * MIB, 'read', 3 * MIB, 1 * MIB, 1],
      3 * MIB,
      ['ask', 'ask', 'ask', 'ask', 'close'],
    ],
  ])('[FL1] %s', (_name, steps, allowance, expected) => expect(verdicts(steps, allowance)).toEqual(expected))
})

describe('a reader who stops reading', () => {
  const bytes = (told: readonly Told[], to: Connection): number =>
    told.flatMap((one) => one.frames(to)).reduce((sum, frame) => sum + utf8Length(frame), 0)

  /** A room with `size` bytes of messages. */
  function talkative(size: number): { room: TestRoom; ann: Connection; say(): Told } {
    const room = new TestRoom()
    const ann = room.enter('ann')
    const say = () => room.send(ann, 'updateChat', { body: 'x'.repeat(LIMITS.bodyLength) })
    for (let sent = 0; sent < size; sent += LIMITS.bodyLength + 150) say()
    return { room, ann, say }
  }

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
    ['ASCII', 'x'.repeat(LIMITS.bodyLength), 10 * KIB],
    ['any text', '€'.repeat(LIMITS.bodyLength), 30 * KIB],
  ])('[FL2] gets a resume and then frames up to the limit, and no more: in %s', (_name, body, slack) => {
    const room = new TestRoom()
    const ann = room.enter('ann')
    const say = () => room.send(ann, 'updateChat', { body })
    for (let sent = 0; sent < 3.5 * MIB; sent += utf8Length(body) + 200) say()
    const reader = room.open('ben')
    const { epoch } = room.core.record ?? {}
    const resume = room.join(reader, { after: 0, epoch })
    expect(resume.the(reader, 'joined')).toMatchObject({ resumed: true })
    expect(resume.closed(reader)).toBeUndefined()
    const resumed = bytes([resume], reader)
    expect(resumed).toBeGreaterThan(3 * MIB)
    const live = bytes(untilClosed(reader, say), reader)
    expect(live).toBeGreaterThan(LIMIT - slack)
    expect(live).toBeLessThanOrEqual(LIMIT + slack)
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
