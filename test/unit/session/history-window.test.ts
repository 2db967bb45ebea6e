import { describe, expect, it } from 'vitest'
import type { Session } from '../../../client/session/types.ts'
import { type Client, FakeWorld } from './fake-world.ts'
import { live, sent } from './live.ts'

const SOMEONE = { by: 'someone', username: 'someone' }
const seqs = (session: Session): number[] =>
  (session.view.historyWindow?.items ?? session.view.timeline).flatMap((item) =>
    item.kind === 'message' ? [item.message.seq] : [],
  )
const ends = (session: Session) => [seqs(session)[0], seqs(session).at(-1), seqs(session).length]

async function long(count: number, options: { keptRows?: number } = {}) {
  const world = new FakeWorld()
  for (let n = 1; n <= count; n += 1) world.server.say(`${n}`)
  const opened = await live(options, world)
  /** Waits until the requested page is there. */
  const loaded = async (asked: Promise<void>) => {
    await world.clock.advance(20)
    await asked
  }
  return { ...opened, loaded }
}

describe('the history window', () => {
  it('[PA1] is a page around a message, and grows back to the first message and on to the timeline', async () => {
    const { session, loaded, client } = await long(300)
    await loaded(session.loadAround(120))
    expect([ends(session), session.view.historyWindow?.hasOlder]).toEqual([[96, 145, 50], true])
    expect(session.view.timeline).toHaveLength(50)
    await loaded(session.loadOlder())
    await loaded(session.loadOlder())
    expect([ends(session), session.view.historyWindow?.hasOlder]).toEqual([[1, 145, 145], false])
    for (let n = 0; n < 3; n += 1) await loaded(session.loadNewer())
    expect(session.view.historyWindow).toBeUndefined()
    expect([ends(session), session.view.hasOlder]).toEqual([[1, 300, 300], false])
    expect(sent(client, 'msgHistory')).toMatchObject([
      { around: 120, limit: 50 },
      { before: 96, limit: 50 },
      { before: 46, limit: 50 },
      { after: 145, limit: 50 },
      { after: 195, limit: 50 },
      { after: 245, limit: 50 },
    ])
  })

  it('[PA2] joins the timeline at once if it reaches it', async () => {
    const { session, loaded } = await long(100)
    await loaded(session.loadAround(40))
    expect([ends(session), session.view.historyWindow, session.view.hasOlder]).toEqual([
      [16, 100, 85],
      undefined,
      true,
    ])
    await loaded(session.loadOlder())
    expect(ends(session)).toEqual([1, 100, 100])
  })

  it('[PA3] shows changes of its messages, and unconfirmed changes of this person', async () => {
    const { session, loaded, world } = await long(300)
    await loaded(session.loadAround(100))
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

  it('[PA4] can be left, and replaced by a window elsewhere', async () => {
    const { session, loaded } = await long(300)
    await loaded(session.loadAround(100))
    session.leaveHistoryWindow()
    expect(ends(session)).toEqual([251, 300, 50])
    await loaded(session.loadNewer())
    await loaded(Promise.all([session.loadAround(50), session.loadAround(150)]).then(() => undefined))
    await loaded(Promise.resolve())
    expect(ends(session)).toEqual([126, 175, 50])
  })

  it('[PA5] survives a lost connection, and a page requested meanwhile arrives afterwards', async () => {
    const { session, loaded, client, world } = await long(300)
    await loaded(session.loadAround(100))
    client.wire.cut()
    const older = session.loadOlder()
    await world.clock.advance(2_000)
    await older
    expect(ends(session)).toEqual([26, 125, 100])
  })

  it('[PA6] ends with its log', async () => {
    const { session, loaded, world } = await long(300)
    await loaded(session.loadAround(100))
    world.server.erase()
    world.server.say('in the new log')
    await world.clock.advance(3_000)
    expect([session.view.historyWindow, ends(session)]).toEqual([undefined, [1, 1, 1]])
  })
})

describe('a page', () => {
  /** The next page stays on its way until the returned function is called. */
  function hold(client: Client): () => void {
    const { peer } = client.wire
    const tell = peer.tell
    const held: string[] = []
    peer.tell = (text) => (text.includes('"msgHistory"') ? void held.push(text) : tell(text))
    return () => {
      peer.tell = tell
      for (const text of held.splice(0)) tell(text)
    }
  }

  it('[PA7] that an abandoned window asked for is not shown with the timeline', async () => {
    const { session, loaded, client, world } = await long(1_000)
    await loaded(session.loadAround(200))
    const release = hold(client)
    const older = session.loadOlder()
    await world.clock.advance(20)
    session.leaveHistoryWindow()
    await older
    const ofTimeline = session.loadOlder()
    await world.clock.advance(20)
    release()
    await loaded(ofTimeline)
    expect([ends(session), session.view.hasOlder]).toEqual([[901, 1_000, 100], true])
  })

  it('[PA8] of an abandoned jump opens no window, nor is it shown in the next one', async () => {
    const { session, loaded, client, world } = await long(1_000)
    const release = hold(client)
    const around = session.loadAround(200)
    await world.clock.advance(20)
    session.leaveHistoryWindow()
    await around
    const next = session.loadAround(600)
    await world.clock.advance(20)
    release()
    await loaded(next)
    expect(ends(session)).toEqual([576, 625, 50])
  })

  it('[PA9] that the timeline asked for comes to it, also when a window was opened meanwhile', async () => {
    const { session, loaded, client, world } = await long(1_000)
    const release = hold(client)
    const both = Promise.all([session.loadOlder(), session.loadAround(200)])
    await world.clock.advance(20)
    release()
    await world.clock.advance(20)
    await both
    expect(ends(session)).toEqual([176, 225, 50])
    session.leaveHistoryWindow()
    await loaded(Promise.resolve())
    expect(ends(session)).toEqual([901, 1_000, 100])
  })

  it('[PA10] that was asked for before a fresh start is not taken for one that was asked for later', async () => {
    const { session, loaded, client, world } = await long(300)
    world.server.resumeAtMost = 0
    client.wire.cut()
    world.server.say('more')
    const release = await restarted(client, world)
    const jump = session.loadAround(60)
    await world.clock.advance(20)
    release.newest()
    await world.clock.advance(20)
    await jump
    const older = session.loadOlder()
    await world.clock.advance(20)
    release.rest()
    await loaded(older)
    expect([ends(session), session.view.historyWindow]).toEqual([[202, 301, 100], undefined])
  })
})

describe('a session that hears more than it keeps', () => {
  const consecutive = (session: Session) => {
    const shown = seqs(session)
    return shown.every((seq, index) => seq === (shown[0] ?? 0) + index)
  }

  it('[PA11] keeps the newest rows and those it asked for, and loads older ones again without a hole', async () => {
    const { session, loaded, world } = await long(60, { keptRows: 80 })
    const hear = async (count: number) => {
      for (let n = 0; n < count; n += 1) world.server.say('more')
      await world.clock.advance(20)
    }
    await loaded(session.loadOlder())
    expect([ends(session), session.view.hasOlder]).toEqual([[1, 60, 60], false])
    await hear(40)
    expect([ends(session), session.view.hasOlder]).toEqual([[11, 100, 90], true])
    await hear(400)
    void session.send('mine')
    await world.clock.advance(20)
    expect(ends(session)).toEqual([412, 501, 90])
    const older = session.loadOlder()
    await hear(30)
    await older
    await hear(1)
    expect([consecutive(session), ends(session)]).toEqual([true, [393, 532, 140]])
    await loaded(session.loadAround(300))
    await hear(100)
    for (let n = 0; n < 9 && session.view.historyWindow; n += 1) await loaded(session.loadNewer())
    expect([consecutive(session), session.view.historyWindow, session.view.hasOlder]).toEqual([
      true,
      undefined,
      true,
    ])
  })

  it('[PA12] keeps 5,000 rows unless it is told otherwise', async () => {
    const { session, world } = await long(10)
    for (let n = 0; n < 5_200; n += 1) world.server.say('more')
    await world.clock.advance(20)
    expect(ends(session)).toEqual([211, 5_210, 5_000])
  })
})

/** Joins afresh on the next connection, whose pages stay on their way. */
async function restarted(client: Client, world: FakeWorld) {
  const held: (() => void)[] = []
  const open = world.server.open.bind(world.server)
  world.server.open = (peer) => {
    const { tell } = peer
    peer.tell = (text) => (text.includes('"msgHistory"') ? void held.push(() => tell(text)) : tell(text))
    open(peer)
  }
  await world.clock.advance(2_000)
  expect(client.session.view.status.kind).toBe('live')
  return {
    newest: () => held.shift()?.(),
    rest() {
      for (const release of held.splice(0)) release()
    },
  }
}
