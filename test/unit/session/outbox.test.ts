import { describe, expect, it } from 'vitest'
import { MemoryOutbox, type OutboxStore } from '../../../client/session/index.ts'
import { createOutbox } from '../../../client/session/outbox.ts'
import type { TimelinePosition } from '../../../client/session/timeline.ts'
import type { ClientFrame } from '../../../src/protocol/client-frames.ts'
import { FakeClock } from './fake-clock.ts'
import { type Client, FakeWorld, shownTexts } from './fake-world.ts'

type Sent = Extract<ClientFrame, { event: 'updateChat' }>['data']

async function live(options: Parameters<FakeWorld['open']>[0] = {}) {
  const world = new FakeWorld()
  const outbox = new MemoryOutbox()
  const client = world.open({ outbox, ...options })
  await world.clock.advance(100)
  return { world, outbox, client, session: client.session }
}

/** The messages that reached the server, with repeats. */
function arrived(world: FakeWorld): Sent[] {
  return world.server.received.flatMap((frame) => (frame.event === 'updateChat' ? [frame.data] : []))
}

const bodies = (world: FakeWorld): string[] => world.server.messages().map(({ body }) => body)

function sendAll(client: Client, texts: readonly string[]): void {
  for (const text of texts) void client.session.send(text)
}

describe('order', () => {
  it('[OB1] the next entry waits until the one before is answered', async () => {
    const { world, client } = await live()
    sendAll(client, ['a', 'b', 'c'])
    await world.clock.advance(7)
    expect(arrived(world).map(({ body }) => body)).toEqual(['a'])
    await world.clock.advance(100)
    expect(bodies(world)).toEqual(['a', 'b', 'c'])
  })

  it('[OB2] messages typed offline show, are stored, and are sent in that order', async () => {
    const { world, outbox, client, session } = await live()
    session.setOnline(false)
    sendAll(client, ['a', 'b', 'c'])
    await world.clock.advance(60_000)
    expect(shownTexts(session)).toEqual(['a (pending)', 'b (pending)', 'c (pending)'])
    expect(await outbox.list('main')).toHaveLength(3)
    session.setOnline(true)
    await world.clock.advance(100)
    expect(shownTexts(session)).toEqual(['a', 'b', 'c'])
    expect(await outbox.list('main')).toEqual([])
  })

  it('[OB3] after a rate limit, sending continues with the same entry', async () => {
    const { world, client, session } = await live()
    world.server.refusals = [{ code: 'rate-limited', retryAfter: 3_000 }]
    sendAll(client, ['a', 'b'])
    await world.clock.advance(2_900)
    expect(shownTexts(session)).toEqual(['a (pending)', 'b (pending)'])
    expect(arrived(world).map(({ body }) => body)).toEqual(['a'])
    await world.clock.advance(200)
    expect(bodies(world)).toEqual(['a', 'b'])
  })

  it('[OB52] a deletion passes a message that slow mode holds up, but not an edit of its own message', async () => {
    const { world, client, session } = await live()
    sendAll(client, ['one', 'two', 'three'])
    await world.clock.advance(100)
    world.server.refusals = [{ code: 'rate-limited', retryAfter: 60_000 }]
    void session.send('held up')
    void session.edit(2, 'edited')
    void session.remove(2)
    void session.remove(1)
    await world.clock.advance(1_000)
    expect(bodies(world)).toEqual(['', 'two', 'three'])
    void session.remove(3)
    void session.send('behind it')
    await world.clock.advance(1_000)
    expect(bodies(world)).toEqual(['', 'two', ''])
    await world.clock.advance(57_000)
    expect(world.server.seq).toBe(5)
    await world.clock.advance(2_000)
    expect(bodies(world)).toEqual(['', '', '', 'held up', 'behind it'])
    expect(world.server.log.slice(5).map(({ event }) => event)).toEqual([
      'updateChat',
      'editChat',
      'deleteChat',
      'updateChat',
    ])
  })

  it('[OB53] a deletion that must wait as well is sent when it may, and the message when that may', async () => {
    const { world, client, session } = await live()
    sendAll(client, ['one'])
    await world.clock.advance(100)
    world.server.refusals = [
      { code: 'rate-limited', retryAfter: 60_000 },
      { code: 'rate-limited', retryAfter: 5_000 },
    ]
    void session.send('held up')
    void session.remove(1)
    await world.clock.advance(4_000)
    expect(bodies(world)).toEqual(['one'])
    await world.clock.advance(2_000)
    expect(bodies(world)).toEqual([''])
    await world.clock.advance(60_000)
    expect(bodies(world)).toEqual(['', 'held up'])
  })

  it('[OB54] nothing passes a short wait, which holds for every frame', async () => {
    const { world, client, session } = await live()
    sendAll(client, ['one'])
    await world.clock.advance(100)
    world.server.refusals = [{ code: 'rate-limited', retryAfter: 1_000 }]
    void session.send('held up')
    void session.remove(1)
    await world.clock.advance(900)
    expect(bodies(world)).toEqual(['one'])
    await world.clock.advance(500)
    expect(world.server.log.map(({ event }) => event)).toEqual(['updateChat', 'updateChat', 'deleteChat'])
  })

  it('[OB4] an internal error is retried with backoff', async () => {
    const { world, client } = await live()
    world.server.refusals = [{ code: 'internal' }, { code: 'internal' }, { code: 'internal' }]
    sendAll(client, ['a', 'b'])
    await world.clock.advance(500 + 1_000)
    expect(arrived(world)).toHaveLength(2)
    await world.clock.advance(3_000)
    expect(bodies(world)).toEqual(['a', 'b'])
  })
})

describe('a room that can write nothing', () => {
  const DAY_END = 1_700_000_000_000

  it('[OB50] keeps the entry, says so, and sends it when it was told to', async () => {
    const { world, outbox, client, session } = await live()
    world.server.refusals = [
      { code: 'unavailable', retryAfter: 60_000, until: DAY_END },
      { code: 'unavailable', retryAfter: 120_000 },
    ]
    sendAll(client, ['a', 'b'])
    await world.clock.advance(100)
    expect(session.view.held).toEqual({ until: DAY_END })
    expect([session.view.status.kind, session.view.notice]).toEqual(['live', undefined])
    await world.clock.advance(59_000)
    expect(arrived(world)).toHaveLength(1)
    await world.clock.advance(2_000)
    expect([arrived(world).length, session.view.held]).toEqual([2, {}])
    expect(await outbox.list('main')).toHaveLength(2)
    await world.clock.advance(121_000)
    expect([bodies(world), session.view.held]).toEqual([['a', 'b'], undefined])
  })

  it('[OB51] is not mentioned any more once nothing waits', async () => {
    const { world, client, session } = await live()
    world.server.refusals = [{ code: 'unavailable', retryAfter: 60_000 }]
    sendAll(client, ['a'])
    await world.clock.advance(100)
    const [row] = session.view.timeline
    if (row?.kind !== 'pending') throw new Error('Nothing waits')
    await session.discard(row.id)
    await world.clock.advance(60_000)
    expect(session.view.held).toBeUndefined()
  })
})

describe('a final refusal', () => {
  it.each(['stale', 'conflict', 'bad-data', 'not-found', 'forbidden', 'limit-reached', 'unknown'] as const)(
    '[OB5] %s: the entry fails with the code, and the next one is sent',
    async (code) => {
      const { world, client, session } = await live()
      world.server.refusals = [{ code }]
      sendAll(client, ['a', 'b'])
      await world.clock.advance(100)
      expect(shownTexts(session)).toEqual(['b', 'a (failed)'])
      expect(session.view.timeline[1]).toMatchObject({ kind: 'failed', code, reason: code })
      expect(session.view.notice).toBeUndefined()
      expect(session.view.status.kind).toBe('live')
    },
  )

  it('[OB6] a retry is a new entry with a new id and a new stamp', async () => {
    const { world, outbox, client, session } = await live()
    world.server.refusals = [{ code: 'stale' }]
    sendAll(client, ['a', 'b'])
    await world.clock.advance(100)
    const failed = session.view.timeline[1]
    await session.retry(failed?.key ?? '')
    await world.clock.advance(100)
    expect(shownTexts(session)).toEqual(['b', 'a'])
    const [first, , second] = arrived(world)
    expect(second?.id).not.toBe(first?.id)
    expect([first?.since, second?.since]).toEqual([0, 1])
    expect(await outbox.list('main')).toEqual([])
  })

  it('[OB7] a refused entry can be discarded, and a pending one taken back; it is then gone', async () => {
    const { world, outbox, client, session } = await live()
    world.server.refusals = [{ code: 'stale' }]
    sendAll(client, ['a'])
    await world.clock.advance(100)
    const key = session.view.timeline[0]?.key ?? ''
    session.setOnline(false)
    sendAll(client, ['b', 'c'])
    await world.clock.advance(10)
    await session.discard(session.view.timeline[1]?.key ?? '')
    await session.discard(key)
    expect(shownTexts(session)).toEqual(['c (pending)'])
    expect(await outbox.list('main')).toHaveLength(1)
    session.setOnline(true)
    await world.clock.advance(1_000)
    expect(bodies(world)).toEqual(['c'])
  })

  it('[OB46] an entry taken back while it is being sent stays if it is stored, and goes if it is not', async () => {
    const { world, outbox, client, session } = await live()
    sendAll(client, ['a'])
    await world.clock.advance(5)
    await session.discard(session.view.timeline[0]?.key ?? '')
    await world.clock.advance(100)
    expect(shownTexts(session)).toEqual(['a'])
    world.server.refusals = [{ code: 'rate-limited', retryAfter: 60_000 }]
    sendAll(client, ['b'])
    await world.clock.advance(5)
    const key = session.view.timeline[1]?.key ?? ''
    await session.discard(key)
    expect(shownTexts(session)).toEqual(['a', 'b (pending)'])
    await world.clock.advance(100)
    expect([shownTexts(session), await outbox.list('main')]).toEqual([['a'], []])
    client.wire.deafServer = true
    sendAll(client, ['c'])
    await world.clock.advance(5)
    await session.discard(session.view.timeline[1]?.key ?? '')
    client.wire.cut()
    await world.clock.advance(2_000)
    expect([shownTexts(session), await outbox.list('main'), bodies(world)]).toEqual([['a'], [], ['a']])
  })

  it('[OB47] an entry that waits after a refusal can be taken back, and does not hold up the next', async () => {
    const { world, client, session } = await live()
    world.server.refusals = [{ code: 'rate-limited', retryAfter: 3_000 }]
    sendAll(client, ['a', 'b'])
    await world.clock.advance(100)
    await session.discard(session.view.timeline[0]?.key ?? '')
    expect(shownTexts(session)).toEqual(['b (pending)'])
    await world.clock.advance(3_000)
    expect([shownTexts(session), bodies(world)]).toEqual([['b'], ['b']])
  })

  it('[OB39] an entry in flight cannot be retried', async () => {
    const { world, client, session } = await live()
    session.setOnline(false)
    sendAll(client, ['a'])
    await world.clock.advance(10)
    const before = session.view.timeline
    await session.retry(before[0]?.key ?? '')
    expect(session.view.timeline).toEqual(before)
  })

  it('[OB8] a refused entry survives a reload, and no tab sends it', async () => {
    const { world, outbox, client } = await live()
    world.server.refusals = [{ code: 'conflict' }]
    sendAll(client, ['a'])
    await world.clock.advance(100)
    client.session.close()
    const { session } = world.open({ outbox })
    await world.clock.advance(100)
    expect(shownTexts(session)).toEqual(['a (failed)'])
    expect(arrived(world)).toHaveLength(1)
  })

  it('[OB9] an entry that closes the socket as too large fails, and the rest goes out on another socket', async () => {
    const { world, client, session } = await live()
    await world.clock.advance(5_000)
    client.wire.deafServer = true
    sendAll(client, ['huge', 'small'])
    await world.clock.advance(10)
    client.wire.close(1009)
    await world.clock.advance(100)
    expect(shownTexts(session)).toEqual(['small', 'huge (failed)'])
    expect(session.view.timeline[1]).toMatchObject({ code: 'too-large' })
  })

  it('[OB10] a reaction is dropped with a notice', async () => {
    const { world, outbox, session } = await live()
    world.server.say('hello')
    await world.clock.advance(100)
    world.server.refusals = [{ code: 'limit-reached' }]
    void session.react(1, ':)', true)
    await world.clock.advance(100)
    expect(session.view.notice).toMatchObject({ code: 'limit-reached', of: 'react' })
    expect(session.view.timeline[0]).not.toHaveProperty('message.reactions')
    expect(await outbox.list('main')).toEqual([])
  })

  it('[OB40] a refused topic is undone, with a notice', async () => {
    const { world, outbox, session } = await live()
    void session.setTopic('Tea')
    await world.clock.advance(100)
    world.server.refusals = [{ code: 'forbidden' }]
    void session.setTopic('Cake')
    expect(session.view.topic).toBe('Cake')
    await world.clock.advance(100)
    expect(session.view).toMatchObject({ topic: 'Tea', notice: { code: 'forbidden', of: 'setTopic' } })
    expect(await outbox.list('main')).toEqual([])
  })
})

describe('exactly once', () => {
  it('[OB11] since and epoch are those of the first sending, and a tab that has not seen all since keeps them', async () => {
    const { world, outbox, client } = await live()
    world.server.say('one')
    await world.clock.advance(100)
    client.session.setOnline(false)
    sendAll(client, ['a'])
    world.server.say('two')
    client.session.setOnline(true)
    await world.clock.advance(10)
    client.wire.deafServer = true
    await world.clock.advance(100)
    expect(client.wire.sent.at(-1)).toContain('"since":2')
    client.session.close()
    for (let n = 0; n < 2_000; n += 1) world.server.say(`${n}`)
    world.open({ outbox })
    await world.clock.advance(1_000)
    expect(arrived(world)).toMatchObject([{ body: 'a', since: 2, epoch: 'epoch-1' }])
    expect(bodies(world).at(-1)).toBe('a')
  })

  it('[OB48] since moves up to where every change was seen and was another, and is stored there', async () => {
    const { world, outbox, client } = await live()
    await world.clock.advance(5_000)
    client.wire.deafServer = true
    sendAll(client, ['a'])
    await world.clock.advance(100)
    client.session.setOnline(false)
    for (let n = 0; n < 999; n += 1) world.server.say(`${n}`)
    client.session.setOnline(true)
    await world.clock.advance(5)
    client.wire.deafServer = true
    await world.clock.advance(1_000)
    const last = () => client.wire.sent.at(-1)
    expect(last()).toContain('"since":0')
    client.session.setOnline(false)
    world.server.say('one more')
    client.session.setOnline(true)
    await world.clock.advance(5)
    client.wire.deafServer = true
    await world.clock.advance(1_000)
    expect(last()).toContain('"since":1000')
    expect((await outbox.list('main'))[0]?.frame.data).toMatchObject({ since: 1_000, epoch: 'epoch-1' })
    client.session.setOnline(false)
    client.session.setOnline(true)
    await world.clock.advance(1_000)
    expect(bodies(world).filter((body) => body === 'a')).toEqual(['a'])
  })

  it('[OB49] what was written offline has its place in the log from when it is sent, and so is never stale', async () => {
    const { world, client, session } = await live()
    session.setOnline(false)
    sendAll(client, ['a', 'b'])
    for (let n = 0; n < 2_000; n += 1) world.server.say(`${n}`)
    world.server.floor = 1_500
    world.server.resumeAtMost = 10
    session.setOnline(true)
    await world.clock.advance(1_000)
    expect(bodies(world).slice(-2)).toEqual(['a', 'b'])
    expect(arrived(world).map(({ since }) => since)).toEqual([2_000, 2_001])
  })

  it('[OB12] an entry queued before the first join gets a stored stamp before it is sent', async () => {
    const world = new FakeWorld()
    world.server.say('one')
    const stamps: unknown[] = []
    const store = new MemoryOutbox()
    const stamp = store.stamp.bind(store)
    store.stamp = async (room, id, at) => {
      expect(arrived(world)).toEqual([])
      stamps.push(at)
      return stamp(room, id, at)
    }
    const client = world.open({ outbox: store })
    sendAll(client, ['a'])
    expect((await store.list('main'))[0]?.frame.data.since).toBeUndefined()
    await world.clock.advance(100)
    expect(stamps).toEqual([{ since: 1, epoch: 'epoch-1' }])
    expect(arrived(world)).toMatchObject([{ body: 'a', since: 1, epoch: 'epoch-1' }])
  })

  it('[OB13] a stamp that could not be stored is not used', async () => {
    const world = new FakeWorld()
    const store = new MemoryOutbox()
    const stamp = store.stamp.bind(store)
    let isBroken = true
    store.stamp = (...one) => (isBroken ? Promise.reject(new Error('full')) : stamp(...one))
    const client = world.open({ outbox: store })
    sendAll(client, ['a'])
    await world.clock.advance(12_000)
    expect(arrived(world)).toEqual([])
    expect(client.session.view.notice).toBeDefined()
    world.server.say('meanwhile')
    isBroken = false
    await world.clock.advance(6_000)
    expect(arrived(world)).toMatchObject([{ body: 'a', since: 1 }])
  })

  it('[OB14] a message that a resume brings is not sent again', async () => {
    const { world, client, session } = await live()
    client.wire.deafClient = true
    sendAll(client, ['a'])
    await world.clock.advance(50)
    expect(shownTexts(session)).toEqual(['a (pending)'])
    client.wire.cut()
    await world.clock.advance(1_000)
    expect(shownTexts(session)).toEqual(['a'])
    expect(arrived(world)).toHaveLength(1)
  })

  it('[OB15] a message that a fresh start does not show is sent again, and its repeated ack changes nothing', async () => {
    const { world, outbox, client, session } = await live()
    client.wire.deafClient = true
    sendAll(client, ['a'])
    await world.clock.advance(50)
    for (let n = 0; n < 60; n += 1) world.server.say(`${n}`)
    world.server.resumeAtMost = 10
    client.wire.cut()
    await world.clock.advance(1_000)
    expect(arrived(world)).toHaveLength(2)
    expect(bodies(world)).toHaveLength(61)
    expect(shownTexts(session)).toEqual(bodies(world).slice(-50))
    expect(await outbox.list('main')).toEqual([])
  })

  it('[OB16] a message lost on a live connection is sent again after 10 s', async () => {
    const { world, client, session } = await live()
    await world.clock.advance(5_000)
    client.wire.deafServer = true
    sendAll(client, ['a'])
    await world.clock.advance(9_900)
    expect(shownTexts(session)).toEqual(['a (pending)'])
    await world.clock.advance(200)
    expect(shownTexts(session)).toEqual(['a'])
    expect(client.wires).toHaveLength(2)
  })

  it('[OB17] the message itself may come instead of its ack', async () => {
    const { world, outbox, client, session } = await live()
    client.wire.deafServer = true
    sendAll(client, ['a'])
    await world.clock.advance(10)
    const id = (await outbox.list('main'))[0]?.id ?? ''
    world.server.say('theirs')
    world.server.say('a', 'me', id)
    await world.clock.advance(10)
    expect(shownTexts(session)).toEqual(['theirs', 'a'])
    expect(await outbox.list('main')).toEqual([])
    await world.clock.advance(15_000)
    expect(client.wires).toHaveLength(1)
  })

  it('[OB41] an ack may bring the name under which the message is stored', async () => {
    const { world, client, session } = await live()
    client.wire.deafServer = true
    sendAll(client, ['a', 'b'])
    await world.clock.advance(10)
    const names = (): string[] =>
      session.view.timeline.flatMap((item) => (item.kind === 'message' ? [item.message.username] : []))
    const ids = session.view.timeline.map(({ key }) => key)
    for (const [index, username] of ['Ada', undefined].entries()) {
      const ack = { id: ids[index] ?? '', seq: index + 1, time: 1, ...(username ? { username } : {}) }
      world.server.tell(client.wire.peer, { event: 'ack', data: ack })
      await world.clock.advance(10)
    }
    expect(names()).toEqual(['Ada', 'me'])
  })

  it('[OB18] an ack after a gap fetches the missing changes and loses nothing', async () => {
    const { world, client, session } = await live()
    await world.clock.advance(5_000)
    client.wire.deafClient = true
    world.server.say('lost on the way')
    client.wire.deafClient = false
    sendAll(client, ['a'])
    await world.clock.advance(200)
    expect(shownTexts(session)).toEqual(['lost on the way', 'a'])
    expect(arrived(world)).toHaveLength(1)
  })

  it('[OB19] after the server forgot the join, the session joins and sends again', async () => {
    const { world, client, session } = await live()
    await world.clock.advance(5_000)
    client.wire.peer.joined = false
    sendAll(client, ['a'])
    await world.clock.advance(200)
    expect(shownTexts(session)).toEqual(['a'])
  })

  it('[OB20] nothing is sent while a resume is still arriving', async () => {
    const { world, client } = await live()
    client.wire.cut()
    for (let n = 0; n < 30; n += 1) world.server.say(`${n}`)
    sendAll(client, ['a'])
    world.latency = () => 200
    await world.clock.advance(500)
    const resumed = world.clock.now()
    const position = (): number => client.session.view.timeline.length
    while (position() < 31 && world.clock.now() < resumed + 5_000) {
      expect(arrived(world)).toEqual([])
      await world.clock.advance(10)
    }
    await world.clock.advance(1_000)
    expect(bodies(world).at(-1)).toBe('a')
  })
})

describe('two tabs', () => {
  it('[OB21] share one outbox: one sends, both show the entries', async () => {
    const { world, outbox, client } = await live()
    const other = world.open({ outbox })
    await world.clock.advance(100)
    sendAll(client, ['a', 'b'])
    sendAll(other, ['c'])
    await world.clock.advance(1)
    expect(shownTexts(other.session)).toEqual(['a (pending)', 'b (pending)', 'c (pending)'])
    await world.clock.advance(200)
    expect(bodies(world)).toEqual(['a', 'b', 'c'])
    expect(shownTexts(client.session)).toEqual(['a', 'b', 'c'])
    expect(shownTexts(other.session)).toEqual(['a', 'b', 'c'])
    expect(arrived(world)).toHaveLength(3)
  })

  it('[OB22] that lose their connection leave sending to the other, and show what it sent', async () => {
    const { world, outbox, client } = await live()
    const other = world.open({ outbox })
    await world.clock.advance(100)
    client.session.setOnline(false)
    sendAll(client, ['a'])
    await world.clock.advance(100)
    expect(bodies(world)).toEqual(['a'])
    expect(shownTexts(client.session)).toEqual(['a (pending)'])
    expect(shownTexts(other.session)).toEqual(['a'])
    client.session.setOnline(true)
    await world.clock.advance(100)
    expect(shownTexts(client.session)).toEqual(['a'])
    expect(arrived(world)).toHaveLength(1)
  })

  it('[OB42] do not show a message as pending for ever if a fresh start leaves it out', async () => {
    const { world, outbox, client } = await live()
    world.open({ outbox })
    await world.clock.advance(100)
    client.session.setOnline(false)
    sendAll(client, ['a'])
    await world.clock.advance(100)
    for (let n = 0; n < 60; n += 1) world.server.say(`${n}`)
    world.server.resumeAtMost = 10
    client.session.setOnline(true)
    await world.clock.advance(100)
    expect(shownTexts(client.session)).toEqual(bodies(world).slice(-50))
  })

  it('[OB43] both lose an entry that one discards', async () => {
    const { world, outbox, client, session } = await live()
    const other = world.open({ outbox })
    await world.clock.advance(100)
    world.server.refusals = [{ code: 'stale' }]
    sendAll(client, ['a'])
    await world.clock.advance(100)
    expect(shownTexts(other.session)).toEqual(['a (failed)'])
    await other.session.discard(other.session.view.timeline[0]?.key ?? '')
    await world.clock.advance(10)
    expect(shownTexts(session)).toEqual([])
  })

  it('[OB44] need no notification: the tab that sends reads the storage', async () => {
    const world = new FakeWorld()
    const outbox = new MemoryOutbox()
    outbox.subscribe = () => () => {}
    const [here, there] = [world.open({ outbox }), world.open({ outbox })]
    await world.clock.advance(100)
    here.session.setOnline(false)
    sendAll(here, ['a'])
    await world.clock.advance(10)
    sendAll(there, ['b'])
    await world.clock.advance(100)
    expect(bodies(world)).toEqual(['a', 'b'])
  })

  it('[OB23] leave the rest to the other when they close', async () => {
    const { world, outbox, client } = await live()
    const other = world.open({ outbox })
    await world.clock.advance(100)
    client.wire.deafServer = true
    sendAll(client, ['a', 'b'])
    await world.clock.advance(50)
    client.session.close()
    await world.clock.advance(200)
    expect(bodies(world)).toEqual(['a', 'b'])
    expect(shownTexts(other.session)).toEqual(['a', 'b'])
  })
})

describe('storage', () => {
  it('[OB24] a message that could not be stored disappears, and its send rejects', async () => {
    const { world, outbox, session } = await live()
    outbox.add = () => Promise.reject(new Error('full'))
    const sending = session.send('a')
    expect(shownTexts(session)).toEqual(['a (pending)'])
    await expect(sending).rejects.toThrow('full')
    expect(shownTexts(session)).toEqual([])
    await world.clock.advance(100)
    expect(bodies(world)).toEqual([])
  })

  it('[OB25] after a reload, older entries are sent before new ones', async () => {
    const { world, outbox, client } = await live()
    client.session.setOnline(false)
    sendAll(client, ['a', 'b'])
    await world.clock.advance(10)
    client.session.close()
    const next = world.open({ outbox })
    sendAll(next, ['c'])
    await world.clock.advance(10)
    expect(shownTexts(next.session)).toEqual(['a (pending)', 'b (pending)', 'c (pending)'])
    await world.clock.advance(200)
    expect(bodies(world)).toEqual(['a', 'b', 'c'])
  })
})

/** An outbox without a session, and what it asked of its host. */
function outboxOf(
  store: OutboxStore,
  position = (): TimelinePosition | undefined => ({ seq: 0, epoch: 'one', from: 0 }),
) {
  const clock = new FakeClock()
  const sent: string[] = []
  const storageErrors: unknown[] = []
  const failed: string[] = []
  let ids = 0
  const newId = () => 'abcdef'[ids++] ?? 'z'
  const options = { room: 'main', store, clock, random: () => 0.5, newId }
  const outbox = createOutbox(options, {
    send: ({ data }) => sent.push(data.id ?? ''),
    position,
    unanswered: () => {},
    refused: ({ id }) => failed.push(id),
    changed: () => {},
    held: () => {},
    storageFailed: (error) => storageErrors.push(error),
  })
  return { clock, sent, storageErrors, failed, outbox }
}

const hello = { event: 'updateChat', data: { room: 'main', body: 'hello' } } as const

describe('an aborted drain', () => {
  it('[OB27] does not sit out a pause that the server just asked for', async () => {
    const { clock, sent, outbox } = outboxOf(new MemoryOutbox())
    outbox.connect()
    await outbox.add(hello)
    await clock.advance(0)
    outbox.refuse('a', { code: 'rate-limited', message: '', retryAfter: 60_000 })
    outbox.disconnect()
    await clock.advance(10)
    outbox.connect()
    await clock.advance(10)
    expect(sent).toEqual(['a', 'a'])
  })

  it('[OB28] is not reported as a storage failure', async () => {
    const store = new MemoryOutbox()
    let end = (): void => {}
    store.exclusively = () => new Promise((_, reject) => (end = () => reject(new Error('given up'))))
    const { clock, storageErrors, outbox } = outboxOf(store)
    outbox.connect()
    await outbox.add(hello)
    await clock.advance(10)
    outbox.disconnect()
    end()
    await clock.advance(10)
    expect(storageErrors).toEqual([])
  })
})

describe('the outbox alone', () => {
  it('[OB29] continues at once when the connection is back, and leaves no timer behind', async () => {
    const { clock, sent, outbox } = outboxOf(new MemoryOutbox())
    outbox.connect()
    await outbox.add(hello)
    await clock.advance(0)
    outbox.refuse('a', { code: 'rate-limited', message: '', retryAfter: 60_000 })
    await clock.advance(1_000)
    expect(clock.pending).toBe(1)
    outbox.disconnect()
    expect(clock.pending).toBe(0)
    await clock.advance(0)
    outbox.connect()
    await clock.advance(0)
    expect(sent).toEqual(['a', 'a'])
  })

  it('[OB30] sends one entry at a time, once, even if the storage has no lock', async () => {
    const store = new MemoryOutbox()
    store.exclusively = (_, drain) => drain()
    const { clock, sent, outbox } = outboxOf(store)
    outbox.connect()
    await outbox.add(hello)
    await outbox.add(hello)
    await outbox.add(hello)
    await clock.advance(0)
    expect(sent).toEqual(['a'])
    for (const id of ['a', 'b', 'c']) {
      outbox.settle(id)
      await clock.advance(0)
    }
    expect(sent).toEqual(['a', 'b', 'c'])
  })

  it('[OB31] requests no lock without entries', async () => {
    const store = new MemoryOutbox()
    let turns = 0
    store.exclusively = async () => {
      turns += 1
    }
    const { clock, outbox } = outboxOf(store)
    await clock.advance(0)
    outbox.connect()
    await clock.advance(0)
    expect(turns).toBe(0)
  })

  it('[OB32] ignores a second connect, and sends again after a disconnect', async () => {
    const { clock, sent, failed, outbox } = outboxOf(new MemoryOutbox())
    outbox.connect()
    await outbox.add(hello)
    await clock.advance(0)
    outbox.connect()
    outbox.disconnect()
    await clock.advance(0)
    outbox.connect()
    await clock.advance(0)
    expect([sent, failed]).toEqual([['a', 'a'], []])
  })

  it('[OB33] a too-large close without an entry in flight fails no later entry', async () => {
    const { clock, sent, failed, outbox } = outboxOf(new MemoryOutbox())
    outbox.connect()
    outbox.disconnect(true)
    await outbox.add(hello)
    outbox.connect()
    await clock.advance(0)
    expect([sent, failed]).toEqual([['a'], []])
  })

  it('[OB34] knows whether a refusal concerns the entry in flight', async () => {
    const { clock, failed, outbox } = outboxOf(new MemoryOutbox())
    const refusal = { code: 'conflict', message: '' }
    expect(outbox.refuse('a', refusal)).toBe(false)
    outbox.connect()
    await outbox.add(hello)
    await clock.advance(0)
    expect([outbox.refuse('other', refusal), outbox.refuse('a', refusal)]).toEqual([false, true])
    await clock.advance(0)
    expect(failed).toEqual(['a'])
  })

  it('[OB38] closed with an entry in flight, waits for no answer and sends nothing more', async () => {
    const { clock, sent, outbox } = outboxOf(new MemoryOutbox())
    outbox.connect()
    await outbox.add(hello)
    await outbox.add(hello)
    await clock.advance(0)
    outbox.close()
    expect(clock.pending).toBe(0)
    outbox.settle('a')
    await clock.advance(60_000)
    expect(sent).toEqual(['a'])
  })

  it('[OB35] closed, follows no changes and sends nothing more', async () => {
    const store = new MemoryOutbox()
    const { clock, sent, outbox } = outboxOf(store)
    outbox.connect()
    await clock.advance(0)
    outbox.close()
    await store.add({ id: 'other', room: 'main', time: 1, frame: hello })
    await clock.advance(0)
    expect([outbox.entries, sent]).toEqual([[], []])
  })

  it('[OB36] ignores a retry or a discard of an unknown id', async () => {
    const { clock, storageErrors, outbox } = outboxOf(new MemoryOutbox())
    await outbox.retry('none')
    await outbox.discard('none')
    await clock.advance(0)
    expect([outbox.entries, storageErrors]).toEqual([[], []])
  })

  it('[OB37] reports an error instead of sending before any position is known', async () => {
    const store = new MemoryOutbox()
    await store.add({ id: 'x', room: 'main', time: 1, frame: hello })
    const { clock, sent, storageErrors, outbox } = outboxOf(store, () => undefined)
    await clock.advance(0)
    outbox.connect()
    await clock.advance(0)
    expect([sent, storageErrors]).toEqual([[], [new Error('Not joined yet')]])
  })
})

describe('another epoch', () => {
  it('[OB26] fails entries that may have been sent before, for the person to decide', async () => {
    const { world, client, session } = await live()
    world.server.say('old')
    await world.clock.advance(100)
    client.wire.deafServer = true
    sendAll(client, ['a'])
    await world.clock.advance(10)
    world.server.erase()
    await world.clock.advance(1_000)
    expect(shownTexts(session)).toEqual(['a (failed)'])
    expect(session.view.timeline[0]).toMatchObject({ code: 'stale' })
    await session.retry(session.view.timeline[0]?.key ?? '')
    await world.clock.advance(100)
    expect(shownTexts(session)).toEqual(['a'])
  })
})
