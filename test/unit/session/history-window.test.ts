import { describe, expect, it } from 'vitest'
import { createReadMarker } from '../../../client/session/read-marker.ts'
import type { Session } from '../../../client/session/types.ts'
import { FakeClock } from './fake-clock.ts'
import { FakeWorld } from './fake-world.ts'
import { live, sent } from './live.ts'

const SOMEONE = { by: 'someone', username: 'someone' }
const seqs = (session: Session): number[] =>
  (session.view.historyWindow?.items ?? session.view.timeline).flatMap((item) =>
    item.kind === 'message' ? [item.message.seq] : [],
  )
const ends = (session: Session) => [seqs(session)[0], seqs(session).at(-1), seqs(session).length]

async function long(count: number) {
  const world = new FakeWorld()
  for (let n = 1; n <= count; n += 1) world.server.say(`${n}`)
  const opened = await live({}, world)
  /** What was asked for is there. */
  const come = async (asked: Promise<void>) => {
    await world.clock.advance(20)
    await asked
  }
  return { ...opened, come }
}

describe('the past', () => {
  it('[PA1] is a page around a message, and grows up to the first and down to the timeline it is part of', async () => {
    const { session, come, client } = await long(300)
    await come(session.loadAround(120))
    expect([ends(session), session.view.historyWindow?.hasOlder]).toEqual([[96, 145, 50], true])
    expect(session.view.timeline).toHaveLength(50)
    await come(session.loadOlder())
    await come(session.loadOlder())
    expect([ends(session), session.view.historyWindow?.hasOlder]).toEqual([[1, 145, 145], false])
    for (let n = 0; n < 3; n += 1) await come(session.loadNewer())
    expect(session.view.historyWindow).toBeUndefined()
    expect([ends(session), session.view.hasOlder]).toEqual([[1, 300, 300], false])
    expect(sent(client, 'msgHistory')).toEqual([
      { around: 120, limit: 50 },
      { before: 96, limit: 50 },
      { before: 46, limit: 50 },
      { after: 145, limit: 50 },
      { after: 195, limit: 50 },
      { after: 245, limit: 50 },
    ])
  })

  it('[PA2] is no stretch of its own where it reaches the timeline at once', async () => {
    const { session, come } = await long(100)
    await come(session.loadAround(40))
    expect([ends(session), session.view.historyWindow, session.view.hasOlder]).toEqual([
      [16, 100, 85],
      undefined,
      true,
    ])
    await come(session.loadOlder())
    expect(ends(session)).toEqual([1, 100, 100])
  })

  it('[PA3] changes as its messages do, one’s own changes on their way included', async () => {
    const { session, come, world } = await long(300)
    await come(session.loadAround(100))
    const at = (seq: number) =>
      session.view.historyWindow?.items.find((item) => item.kind === 'message' && item.message.seq === seq)
    expect(at(100)).not.toMatchObject({ message: { edited: true } })
    world.server.commit(
      { event: 'editChat', data: { room: 'main', id: 'e', ref: 100, body: 'other' } },
      SOMEONE,
    )
    await world.clock.advance(20)
    expect(at(100)).toMatchObject({ message: { body: 'other', edited: true } })
    void session.react(101, '👍', true)
    await world.clock.advance(0)
    expect(at(101)).toMatchObject({ message: { reactions: [{ emoji: '👍' }] } })
    world.server.say('meanwhile')
    await world.clock.advance(20)
    expect([ends(session), session.view.timeline.length]).toEqual([[76, 125, 50], 51])
  })

  it('[PA4] is left for the present, and another may be gone to', async () => {
    const { session, come } = await long(300)
    await come(session.loadAround(100))
    session.leaveHistoryWindow()
    expect(ends(session)).toEqual([251, 300, 50])
    await come(session.loadNewer())
    await come(Promise.all([session.loadAround(50), session.loadAround(150)]).then(() => undefined))
    await come(Promise.resolve())
    expect(ends(session)).toEqual([126, 175, 50])
  })

  it('[PA5] outlasts a lost connection, and a page asked for while it is away comes afterwards', async () => {
    const { session, come, client, world } = await long(300)
    await come(session.loadAround(100))
    client.wire.cut()
    const older = session.loadOlder()
    await world.clock.advance(2_000)
    await older
    expect(ends(session)).toEqual([26, 125, 100])
  })

  it('[PA6] goes with the log it was of', async () => {
    const { session, come, world } = await long(300)
    await come(session.loadAround(100))
    world.server.erase()
    world.server.say('anew')
    await world.clock.advance(3_000)
    expect([session.view.historyWindow, ends(session)]).toEqual([undefined, [1, 1, 1]])
  })
})

describe('how far one has read', () => {
  it('[RD1] is told once in 5 minutes, at once when one looks away or leaves, and never twice', async () => {
    const { session, client, world } = await long(10)
    session.read(5)
    await world.clock.advance(299_000)
    session.read(8)
    session.read(7)
    expect(sent(client, 'markRead')).toEqual([])
    await world.clock.advance(1_000)
    expect(sent(client, 'markRead')).toEqual([{ seq: 8, room: 'main' }])
    session.read(9)
    session.setVisible(false)
    session.setVisible(false)
    await world.clock.advance(20)
    expect(sent(client, 'markRead').at(-1)).toEqual({ seq: 9, room: 'main' })
    session.read(10)
    session.close()
    await world.clock.advance(600_000)
    expect(sent(client, 'markRead')).toHaveLength(3)
  })

  it('[RD2] waits for a connection, and is not told of a log that is gone', async () => {
    const { session, client, world } = await long(10)
    client.wire.cut()
    session.read(10)
    session.setVisible(false)
    await world.clock.advance(600_000)
    expect(sent(client, 'markRead')).toEqual([{ seq: 10, room: 'main' }])
    world.server.erase()
    world.server.say('anew')
    await world.clock.advance(600_000)
    expect(sent(client, 'markRead')).toHaveLength(1)
  })

  it('[RD3] is not told where the room knows it, and is told again where the room has lost it', () => {
    const told: number[] = []
    const reading = createReadMarker(new FakeClock(), (seq) => told.push(seq) > 0)
    reading.joined(8, 10)
    reading.read(8)
    reading.flush()
    expect(told).toEqual([])
    reading.read(9)
    reading.flush()
    reading.joined(7, 10)
    reading.flush()
    expect(told).toEqual([9, 9])
  })
})
