import { describe, expect, it } from 'vitest'
import { MemoryOutbox } from '../../../client/session/index.ts'
import { PINGS, PONGS, withUnknownFields } from '../protocol/wire-v1.ts'
import { type Client, FakeWorld, shownTexts } from './fake-world.ts'
import { live, sent } from './live.ts'

/** A topic as sent by a newer server, which pins messages instead. */
function asPin(frame: { event: string; data: unknown }): { event: string; data: unknown } {
  return frame.event === 'setTopic' ? { ...frame, event: 'pinMessage' } : frame
}

/**
 * A world with a newer server: its frames have unknown fields and come between unknown events, and its log has pinned
 * messages instead of topics.
 */
function laterWorld(): FakeWorld {
  const world = new FakeWorld()
  const wave = { event: 'wave', data: { username: 'Ben', seq: 99 } }
  world.server.tell = (peer, ...frames) => {
    const events = withUnknownFields(frames).flatMap((frame) => [
      wave,
      asPin(frame),
      { event: 'end', data: 1 },
    ])
    peer.tell(JSON.stringify(events))
  }
  return world
}

function pin(world: FakeWorld): void {
  const data = { topic: 'a pin', room: 'main', id: `pin-${world.server.seq}` }
  world.server.commit({ event: 'setTopic', data }, { by: 'ben', username: 'Ben' })
}

const bodies = (world: FakeWorld): string[] => world.server.messages().map(({ body }) => body)

/** The newest change that the client has, by its answer to a `sync`. */
async function newestChange(world: FakeWorld, client: Client): Promise<unknown> {
  world.server.tell(client.wire.peer, { event: 'sync', data: { seq: world.server.seq } })
  await world.clock.advance(20)
  return sent(client, 'sync').at(-1)
}

describe('a session with a later server', () => {
  it('[VS11] converges live, by resumes and by pages, despite unknown events and fields', async () => {
    const world = laterWorld()
    for (let n = 0; n < 70; n += 1) world.server.say(`${n}`)
    const { client, session } = await live({}, world)
    void session.loadOlder()
    await world.clock.advance(100)
    await session.send('mine')
    await session.edit(1, 'another text')
    await session.react(2, ':)', true)
    await session.remove(3)
    pin(world)
    await world.clock.advance(6_000)
    client.wire.cut()
    for (let n = 0; n < 7; n += 1) world.server.say(`missed ${n}`)
    pin(world)
    await world.clock.advance(60_000)
    const shown = session.view.timeline.map((item) => (item.kind === 'message' ? item.message : item))
    expect(shown).toMatchObject(world.server.messages())
    expect(shown).toHaveLength(78)
    expect(session.view.status.kind).toBe('live')
    expect(client.wires).toHaveLength(2)
    expect(sent(client, 'userJoin')[1]).toMatchObject({ after: 75 })
  })

  it('[VS12] counts a change of an unknown kind, and applies the next one', async () => {
    const { world, client, session } = await live({}, laterWorld())
    world.server.say('before')
    pin(world)
    world.server.say('after')
    pin(world)
    await world.clock.advance(60_000)
    expect(shownTexts(session)).toEqual(['before', 'after'])
    expect(session.view.topic).toBe('')
    expect(await newestChange(world, client)).toEqual({ seq: 4 })
    expect(client.wires).toHaveLength(1)
  })

  it('[VS24] resumes once over changes of an unknown kind, and sends its outbox', async () => {
    const { world, client, session } = await live({}, laterWorld())
    session.setOnline(false)
    void session.send('typed offline')
    for (let n = 0; n < 8; n += 1) pin(world)
    session.setOnline(true)
    await world.clock.advance(600_000)
    expect(shownTexts(session)).toEqual(['typed offline'])
    expect(bodies(world)).toEqual(['typed offline'])
    expect(client.wires).toHaveLength(2)
  })

  it('[VS25] notices that a change of an unknown kind is lost', async () => {
    const { world, client, session } = await live({}, laterWorld())
    await world.clock.advance(5_000)
    client.wire.deafClient = true
    pin(world)
    client.wire.deafClient = false
    world.server.say('past a gap')
    await world.clock.advance(100)
    expect(sent(client, 'userJoin')[1]).toMatchObject({ after: 0 })
    expect(shownTexts(session)).toEqual(['past a gap'])
  })

  it('[VS13] sends a change that a newer page of this browser queued', async () => {
    const world = laterWorld()
    const receive = world.server.receive.bind(world.server)
    world.server.receive = (peer, text) => receive(peer, text.replace('"pinMessage"', '"setTopic"'))
    const outbox = new MemoryOutbox()
    const { client, session } = await live({ outbox }, world)
    world.server.say('hello')
    await world.clock.advance(100)
    const data = { ref: 1, topic: 'a pin', room: 'main', id: 'pin', since: 1, epoch: 'epoch-1' }
    const queued = { id: 'pin', room: 'main', time: 1, frame: { event: 'pinMessage', data } }
    await outbox.add(JSON.parse(JSON.stringify(queued)))
    expect(shownTexts(session)).toEqual(['hello'])
    await world.clock.advance(100)
    void session.send('after it')
    await world.clock.advance(100)
    expect(shownTexts(session)).toEqual(['hello', 'after it'])
    expect(world.server.log.map(({ event }) => event)).toEqual(['updateChat', 'setTopic', 'updateChat'])
    expect(await newestChange(world, client)).toEqual({ seq: 3 })
    expect(client.wires).toHaveLength(1)
  })
})

describe('a session with an earlier server', () => {
  it('[VS14] fails only the change that the server does not know', async () => {
    const { world, client, session } = await live()
    world.server.refusals = [{ code: 'unknown-event' }]
    void session.send('a')
    void session.send('b')
    await world.clock.advance(100)
    expect(shownTexts(session)).toEqual(['b', 'a (failed)'])
    expect(client.wires).toHaveLength(1)
  })
})

describe('a version that the server refuses', () => {
  it('[VS15] ends the session with a message that says what to do', async () => {
    const world = new FakeWorld()
    world.server.refusals = [{ code: 'version-unsupported' }]
    const { client, session } = await live({}, world)
    expect(sent(client, 'userJoin')).toMatchObject([{ version: 1 }])
    expect(session.view.status).toMatchObject({ kind: 'fatal', code: 'version-unsupported' })
    await world.clock.advance(600_000)
    session.setOnline(true)
    session.setVisible(true)
    expect(client.wires).toHaveLength(1)
  })

  it('[VS26] does so by the close code alone, and keeps the outbox', async () => {
    const outbox = new MemoryOutbox()
    const { world, client, session } = await live({ outbox })
    client.wire.deafServer = true
    void session.send('a')
    await world.clock.advance(10)
    client.wire.close(4400)
    await world.clock.advance(600_000)
    expect(session.view.status).toEqual({ kind: 'fatal', code: 'version-unsupported', message: '' })
    expect(client.wires).toHaveLength(1)
    expect(await outbox.list('main')).toHaveLength(1)
  })
})

describe('the heartbeat of version 1', () => {
  it('[VS16] sends the frozen ping', async () => {
    const { world, client } = await live()
    await world.clock.advance(20_000)
    expect(client.wire.sent.filter((text) => !text.startsWith('{'))).toEqual(PINGS)
  })

  it.each(PONGS)('[VS27] reads the newest seq from %s', async (pong) => {
    const { world, client } = await live()
    await world.clock.advance(5_000)
    client.wire.peer.tell(pong)
    await world.clock.advance(2_500)
    expect(client.wires).toHaveLength(pong === 'pong 0' ? 1 : 2)
  })
})
