import { describe, expect, it } from 'vitest'
import { MemoryOutbox, type SocketHandlers } from '../../../client/session/index.ts'
import type { ServerFrame } from '../../../src/protocol/server-frames.ts'
import { FakeWorld, shownTexts } from './fake-world.ts'
import { ada, joinedAs, live, messageFrame, sent } from './live.ts'

describe('a connection', () => {
  it('[SK22] resumes at once after a gap, and applies no later change of that frame', async () => {
    const { world, client, session, tell } = await live()
    await world.clock.advance(5_000)
    world.server.log.push(
      ...[1, 2, 3].map((seq) => messageFrame(seq)).filter((frame) => frame.event === 'updateChat'),
    )
    await tell(messageFrame(2, 'wrong'), messageFrame(1, 'wrong'), messageFrame(3, 'wrong'))
    expect(client.wires).toHaveLength(2)
    await world.clock.advance(20)
    expect(shownTexts(session)).toEqual(['1', '2', '3'])
  })

  it('[SK23] finds a lost last change by the next heartbeat', async () => {
    const { world, client, session } = await live()
    await world.clock.advance(5_000)
    client.wire.deafClient = true
    world.server.say('lost')
    client.wire.deafClient = false
    await world.clock.advance(17_100)
    expect(shownTexts(session)).toEqual(['lost'])
  })

  it.each(Array.from({ length: 12 }, (_, n) => n))(
    '[SK24] recovers within one heartbeat when frame %i from the server is lost',
    async (lost) => {
      const world = new FakeWorld()
      const { client, session } = await live({}, world)
      await world.clock.advance(5_000)
      const { tell } = client.wire.peer
      let count = 0
      client.wire.peer.tell = (text) => {
        if (count !== lost) tell(text)
        count += 1
      }
      for (let n = 0; n < 12; n += 1) {
        world.server.say(`${n}`)
        if (n % 4 === 0) void session.send(`mine ${n}`)
        await world.clock.advance(300)
      }
      await world.clock.advance(22_000)
      expect(shownTexts(session)).toEqual(world.server.messages().map(({ body }) => body))
    },
  )

  it('[SK25] finds a dead socket within 30 s, without a close event', async () => {
    const { world, client, session } = await live()
    client.wire.deafServer = true
    client.wire.deafClient = true
    world.server.say('meanwhile')
    await world.clock.advance(30_100)
    expect(shownTexts(session)).toEqual(['meanwhile'])
    expect(client.wires).toHaveLength(2)
  })

  it('[SK26] closes without a network, and reconnects at once when the network is back', async () => {
    const { world, client, session } = await live()
    session.setOnline(false)
    expect(session.view.status).toEqual({ kind: 'offline' })
    await world.clock.advance(600_000)
    expect(client.wires).toHaveLength(1)
    session.setOnline(true)
    await world.clock.advance(30)
    expect(session.view.status).toEqual({ kind: 'live' })
  })

  it('[SK27] retries at once when the page is shown during a pause', async () => {
    const { world, client, session } = await live()
    world.unreachable = true
    client.wire.cut()
    await world.clock.advance(100_000)
    expect(session.view.status).toMatchObject({ kind: 'waiting' })
    world.unreachable = false
    session.setVisible(false)
    expect(session.view.status.kind).toBe('waiting')
    session.setVisible(true)
    await world.clock.advance(30)
    expect(session.view.status.kind).toBe('live')
  })

  it('[SK28] finds out why a socket does not open, and ends with that reason', async () => {
    const world = new FakeWorld()
    world.unreachable = true
    world.problem = { code: 'not-found', message: 'There is nothing here.' }
    const { session } = await live({}, world)
    expect(session.view.status).toEqual({ kind: 'fatal', ...world.problem })
    expect(world.clock.pending).toBe(0)
  })

  it('[SK29] retries if the reason is unknown, even if the diagnosis fails', async () => {
    const world = new FakeWorld()
    world.unreachable = true
    const { session } = await live({ diagnose: () => Promise.reject(new Error('no network')) }, world)
    expect(session.view.status).toMatchObject({ kind: 'waiting', attempt: 1 })
    world.unreachable = false
    await world.clock.advance(1_000)
    expect(session.view.status.kind).toBe('live')
  })

  it('[SK30] treats a transport that throws as a closed socket', async () => {
    const { session } = await live({
      connect: () => {
        throw new Error('bad address')
      },
    })
    expect(session.view.status.kind).toBe('waiting')
  })

  it('[SK31] ignores every event of an abandoned socket', async () => {
    const handlers: SocketHandlers[] = []
    const world = new FakeWorld()
    const { session } = await live(
      { connect: (own) => ({ send() {}, close() {}, n: handlers.push(own) }) },
      world,
    )
    const say = (n: number, ...frames: ServerFrame[]): void => handlers[n]?.message(JSON.stringify(frames))
    const join = (n: number, resumed: boolean): void => {
      handlers[n]?.open()
      say(n, joinedAs(world, resumed))
      if (!resumed) say(n, { event: 'msgHistory', data: [] })
    }
    join(0, false)
    session.setOnline(false)
    session.setOnline(true)
    join(1, true)
    expect(session.view.status.kind).toBe('live')
    say(0, messageFrame(1, 'ghost'), { event: 'error', data: { code: 'not-joined', message: '' } })
    handlers[0]?.message('pong 5')
    handlers[0]?.close(4403)
    handlers[0]?.open()
    await world.clock.advance(3_000)
    expect(shownTexts(session)).toEqual([])
    expect(session.view.status.kind).toBe('live')
    expect(handlers).toHaveLength(2)
  })

  it('[SK93] joins on a socket that opens while it is being made', async () => {
    const texts: string[] = []
    const { session } = await live({
      connect: (handlers) => {
        handlers.open()
        return { send: (text) => texts.push(text), close() {} }
      },
    })
    expect(texts).toHaveLength(1)
    expect(session.view.status.kind).toBe('resuming')
  })

  it('[SK94] ignores frames before the join is answered', async () => {
    const world = new FakeWorld()
    const client = world.open()
    await world.clock.advance(7)
    world.server.tell(client.wire.peer, messageFrame(1), { event: 'activeUsers', data: ['ghost'] })
    await world.clock.advance(100)
    expect(client.session.view).toMatchObject({ status: { kind: 'live' }, people: [{ username: 'me' }] })
    expect(client.wires).toHaveLength(1)
  })

  it('[SK32] answers a sync with the newest change it has', async () => {
    const { world, client, tell } = await live()
    world.server.say('one')
    await tell({ event: 'sync', data: { seq: 9 } })
    expect(sent(client, 'sync')).toEqual([{ seq: 1 }])
  })

  it('[SK33] ignores unknown events, unknown fields and texts that are no frame', async () => {
    const { world, client, session } = await live()
    const { peer } = client.wire
    for (const text of [
      '',
      'pong',
      'pong x',
      'null',
      '[]',
      '[null,1]',
      '{"event":"updateChat"}',
      '{"event":"toString","data":{}}',
    ]) {
      peer.tell(text)
    }
    peer.tell(
      JSON.stringify([
        { event: 'fromLater', data: 1 },
        { ...messageFrame(1), more: true },
      ]),
    )
    await world.clock.advance(10)
    expect(shownTexts(session)).toEqual(['1'])
    expect(client.wires).toHaveLength(1)
  })

  it('[SK34] leaves no timer behind once closed, and keeps the outbox', async () => {
    const outbox = new MemoryOutbox()
    const { world, client, session, tell } = await live({ outbox })
    await tell({ event: 'userTyping', data: ada })
    client.wire.deafServer = true
    void session.send('a')
    await world.clock.advance(10)
    session.close()
    await world.clock.advance(100)
    expect(session.view).toMatchObject({ status: { kind: 'closed' }, typing: [] })
    expect(world.clock.pending).toBe(0)
    expect(client.wire.isOver).toBe(true)
    expect(await outbox.list('main')).toHaveLength(1)
    session.setOnline(true)
    session.setVisible(true)
    expect(client.wires).toHaveLength(1)
  })

  it('[SK35] keeps its deadlines when the clock is set back', async () => {
    const { world, client, session } = await live()
    world.clock.setBack(3_600_000)
    await world.clock.advance(25_000)
    client.wire.deafClient = true
    client.wire.deafServer = true
    await world.clock.advance(31_000)
    expect(client.wires).toHaveLength(2)
    expect(session.view.status.kind).toBe('live')
  })

  it('[SK36] spreads the return of 200 clients that lost it together over less than 10 s', async () => {
    const world = new FakeWorld()
    let seed = 7
    world.random = () => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
      return seed / 2 ** 32
    }
    const clients = Array.from({ length: 200 }, (_, n) => world.open({ by: `p${n}`, username: `p${n}` }))
    await world.clock.advance(6_000)
    for (const peer of [...world.server.peers]) world.server.kick(peer, 1012)
    world.server.say('after the deploy')
    const back: number[] = []
    for (let tenth = 0; tenth < 20; tenth += 1) {
      await world.clock.advance(100)
      back.push(clients.filter(({ session }) => session.view.status.kind === 'live').length)
    }
    expect(back.at(-1)).toBe(200)
    const most = Math.max(...back.map((count, index) => count - (back[index - 1] ?? 0)))
    expect(most).toBeLessThan(50)
    expect(clients.every(({ session }) => shownTexts(session).join() === 'after the deploy')).toBe(true)
  }, 20_000)
})

describe('a watcher', () => {
  it('[SK37] accepts changes up to 5 s late without assuming a loss', async () => {
    const { world, client, session, tell } = await live({ watch: true })
    await world.clock.advance(5_000)
    const silent = client.wire.peer
    silent.joined = false
    world.server.say('one')
    session.setVisible(true)
    await world.clock.advance(5_000)
    await tell(messageFrame(1))
    expect(shownTexts(session)).toEqual(['1'])
    await world.clock.advance(5_000)
    expect(client.wires).toHaveLength(1)
  })

  it('[SK38] accepts an ack before the changes that come before it', async () => {
    const outbox = new MemoryOutbox()
    const { world, client, session, tell } = await live({ watch: true, outbox })
    client.wire.deafServer = true
    void session.send('mine')
    await world.clock.advance(10)
    const id = (await outbox.list('main'))[0]?.id ?? ''
    await tell({ event: 'ack', data: { id, seq: 2, time: 5 } })
    expect(client.wires).toHaveLength(1)
    expect(await outbox.list('main')).toEqual([])
  })
})
