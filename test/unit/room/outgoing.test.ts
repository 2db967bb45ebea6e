import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/protocol/limits.ts'
import { countRead, countSent } from '../../../src/room/state/connection.ts'
import { measured, Outgoing, pack } from '../../../src/room/state/outgoing.ts'
import { person } from './person.ts'
import { TestRoom } from './test-room.ts'

const ann = person('ann')
const ben = person('ben')
const everyone = new Set([ann, ben])
const always = () => true

describe('the output of a turn', () => {
  it('[P8] sends a joiner the events of the join first, then the shared events, then answers', () => {
    const turn = new Outgoing()
    turn.answerAll(ann, ['"answer"'])
    turn.share('"shared"')
    turn.first(ann, { frames: ['"first"', '"of all"'], bytes: 15 })
    turn.answerAll(ann, ['"and another"'])
    turn.answerAll(ben, [])
    const deliveries = turn.deliveries(everyone, 0, always)
    expect(deliveries).toEqual([
      { to: ben, frames: ['"shared"'] },
      { to: ann, frames: ['"first"', '"of all"', '["shared","answer","and another"]'] },
    ])
  })

  it('[P29] tells everyone else of a change before its author gets the ack', () => {
    const room = new TestRoom()
    const [author, other] = [room.enter('ann'), room.enter('ben')]
    const { outcome } = room.send(author, 'updateChat', { body: 'hi' })
    expect(outcome.deliveries.map(({ to }) => to)).toEqual([other, author])
  })

  it('[P9] skips connections that do not get shared events', () => {
    const turn = new Outgoing()
    turn.share('"shared"')
    turn.share('"by ann"', 'ann')
    turn.answerAll(ann, ['"answer"'])
    const deliveries = turn.deliveries(everyone, 0, () => false)
    expect(deliveries).toEqual([{ to: ann, frames: ['"answer"'] }])
  })

  it('[P10] closes a socket once, for the first reason, after its frames', () => {
    const turn = new Outgoing()
    expect(turn.isClosing(ann)).toBe(false)
    turn.close(ann, 1008, 'first')
    turn.close(ann, 4403, 'second')
    turn.answerAll(ann, ['"sorry"'])
    expect([turn.isClosing(ann), turn.isClosing(ben)]).toEqual([true, false])
    expect(turn.deliveries(everyone, 0, always)).toEqual([
      { to: ann, frames: ['"sorry"'], close: { code: 1008, reason: 'first' } },
    ])
  })

  it('[P11] counts bytes in UTF-8, for shared events too', () => {
    const [one, other] = [person('one'), person('other')]
    const turn = new Outgoing()
    turn.share('"€€"')
    turn.first(other, pack([measured('"ü"')]))
    turn.deliveries(new Set([one, other]), 0, always)
    expect([one.flow.unanswered, other.flow.unanswered]).toEqual([8, 12])
    new Outgoing().deliveries(new Set([one]), 0, always)
    expect(one.flow.unanswered).toBe(8)
  })

  it('[P12] fills frames up to 256 KiB, and sends a larger event in a frame of its own', () => {
    const event = (length: number) => JSON.stringify('x'.repeat(length - 2))
    const half = event(LIMITS.resumeFrameBytes / 2)
    const frames = (...events: string[]) => pack(events.map(measured)).frames
    expect(frames(half, half)).toEqual([`[${half},${half}]`])
    expect(frames(half, half, '1')).toEqual([`[${half},${half}]`, '1'])
    const huge = event(LIMITS.resumeFrameBytes + 1)
    expect(frames('1', huge, '2', '3')).toEqual(['1', huge, '[2,3]'])
  })

  it('[P13] stores the counted bytes with the socket after a sync or a close', () => {
    const slow = person('slow')
    const send = (bytes: number) => {
      const turn = new Outgoing()
      turn.share(JSON.stringify('x'.repeat(bytes - 2)))
      const deliveries = turn.deliveries(new Set([slow]), 9, always)
      return {
        touched: turn.touched.has(slow),
        frames: deliveries[0]?.frames.length,
        close: deliveries[0]?.close,
      }
    }
    expect(send(LIMITS.syncEveryBytes - 1)).toEqual({ touched: false, frames: 1, close: undefined })
    expect(send(2)).toEqual({ touched: true, frames: 2, close: undefined })
    expect(send(LIMITS.syncUnansweredBytes)).toMatchObject({
      touched: true,
      frames: 0,
      close: { code: 4408 },
    })
  })
})

describe('flow control', () => {
  const MiB = 1024 * 1024

  it('[P14] asks after each 512 KiB, and closes past 4 MiB, not at 4 MiB', () => {
    const reader = person('reader')
    expect(countSent(reader, LIMITS.syncEveryBytes - 1, 0)).toBe('fine')
    expect(countSent(reader, 1, 0)).toBe('ask')
    expect(countSent(reader, LIMITS.syncEveryBytes - 1, 0)).toBe('fine')
    expect(countSent(reader, 1, 0)).toBe('ask')
    expect(countSent(reader, 3 * MiB, 0)).toBe('ask')
    expect(countSent(reader, 1, 0)).toBe('close')
  })

  it('[P15] an answer acknowledges the bytes before its sync, and an unrequested answer acknowledges nothing', () => {
    const reader = person('reader')
    countSent(reader, MiB, 0)
    countSent(reader, 2 * MiB, 0)
    countSent(reader, 5, 0)
    countRead(reader, 0)
    expect(reader.flow).toMatchObject({ unanswered: 2 * MiB + 5, asks: [2 * MiB], sinceAsk: 5 })
    countRead(reader, 0)
    countRead(reader, 0)
    expect(reader.flow).toMatchObject({ unanswered: 5, asks: [], sinceAsk: 5 })
  })
})
