import { describe, expect, it } from 'vitest'
import { FakeWorld, shownTexts } from './fake-world.ts'
import { live, sent } from './live.ts'

describe('joining', () => {
  it('[SK1] shows the newest page and the people present', async () => {
    const world = new FakeWorld()
    world.server.say('hello', 'ada')
    world.server.topic = 'Bread'
    const { client, session } = await live({}, world)
    expect(world.open().session.view.status).toEqual({ kind: 'connecting', attempt: 1 })
    expect(sent(client, 'userJoin')).toEqual([{ username: 'me', room: 'main', version: 1 }])
    expect(session.view).toMatchObject({
      status: { kind: 'live' },
      self: { username: 'me', by: 'me', epoch: 'epoch-1' },
      topic: 'Bread',
      hasOlder: false,
      people: [{ username: 'me', by: 'me' }],
      online: 1,
    })
    expect(shownTexts(session)).toEqual(['hello'])
  })

  it('[SK2] again, resumes at the cursor and gets exactly the missed changes', async () => {
    const { world, client, session } = await live()
    world.server.say('one')
    await world.clock.advance(10)
    client.wire.cut()
    world.server.say('two')
    world.server.say('three')
    expect(session.view.status.kind).toBe('waiting')
    await world.clock.advance(1_000)
    expect(sent(client, 'userJoin')[1]).toMatchObject({ after: 1, epoch: 'epoch-1' })
    expect(shownTexts(session)).toEqual(['one', 'two', 'three'])
    expect(sent(client, 'msgHistory')).toEqual([])
  })

  it('[SK3] in another epoch starts from its newest page', async () => {
    const { world, session } = await live()
    world.server.say('old')
    await world.clock.advance(10)
    world.server.erase()
    world.server.say('new')
    await world.clock.advance(1_000)
    expect(shownTexts(session)).toEqual(['new'])
    expect(session.view.self?.epoch).toBe('epoch-1+')
  })

  it('[SK101] names the change it resumes from, and starts from the newest page where that is another now', async () => {
    const world = new FakeWorld()
    world.server.say('kept')
    const { client, session } = await live({}, world)
    const [kept] = world.server.log
    client.wire.cut()
    await world.clock.advance(1_000)
    expect(sent(client, 'userJoin')[1]).toMatchObject({ after: 1, last: kept?.data.id })
    world.server.say('lost', 'ada', 'of-the-lost')
    await world.clock.advance(10)
    const [, lost] = world.server.log
    client.wire.cut()
    // The server is set back to an earlier time, and goes on from there.
    world.server.log.pop()
    world.server.say('new')
    await world.clock.advance(10_000)
    expect(sent(client, 'userJoin').at(-1)).toMatchObject({ after: 2, last: lost?.data.id })
    expect(shownTexts(session)).toEqual(['kept', 'new'])
  })

  it('[SK4] as a watcher says so', async () => {
    const { client } = await live({ watch: true })
    expect(sent(client, 'userJoin')).toEqual([{ username: 'me', room: 'main', version: 1, watch: true }])
  })
})

it('[SK99] a full room is tried again until it has a place, and the status says that it is full', async () => {
  const world = new FakeWorld()
  world.server.refusals = [{ code: 'room-full' }, { code: 'room-full' }]
  const { session } = await live({}, world)
  expect(session.view.status).toMatchObject({ kind: 'waiting', code: 'room-full' })
  await world.clock.advance(60_000)
  expect(session.view.status.kind).toBe('live')
})

describe('a name', () => {
  const refused = { event: 'error', data: { code: 'name-taken', message: 'Taken.' } } as const

  it('[SK5] that is refused can be replaced, and the join continues on the same socket', async () => {
    const world = new FakeWorld()
    world.server.refusals = [{ code: 'name-taken' }]
    const { client, session } = await live({}, world)
    expect(session.view.status).toEqual({ kind: 'refused', code: 'name-taken', message: 'name-taken' })
    expect(session.view.notice).toBeUndefined()
    session.rename('other')
    await world.clock.advance(100)
    expect(session.view).toMatchObject({ status: { kind: 'live' }, self: { username: 'other' } })
    expect(client.wires).toHaveLength(1)
  })

  it('[SK100] that is taken comes with the free one that the room suggests', async () => {
    const world = new FakeWorld()
    world.server.refusals = [{ code: 'name-taken', suggestion: 'me 2' }]
    const { session } = await live({}, world)
    expect(session.view.status).toMatchObject({ kind: 'refused', suggestion: 'me 2' })
  })

  it('[SK6] chosen while live is requested, and used for the next join once confirmed', async () => {
    const { world, client, session, tell } = await live()
    session.rename('other')
    await world.clock.advance(10)
    expect(sent(client, 'userRename')).toEqual([{ username: 'other', room: 'main' }])
    await tell({ event: 'userRename', data: { username: 'Other', by: 'me', room: 'main' } })
    expect(session.view).toMatchObject({
      self: { username: 'Other' },
      people: [{ username: 'Other', by: 'me' }],
    })
    client.wire.cut()
    await world.clock.advance(1_000)
    expect(sent(client, 'userJoin')[1]).toMatchObject({ username: 'Other' })
  })

  it('[SK7] refused while live shows a notice, and the old one stays', async () => {
    const { world, client, session, tell } = await live()
    session.rename('other')
    await tell(refused)
    expect(session.view).toMatchObject({
      status: { kind: 'live' },
      self: { username: 'me' },
      notice: { code: 'name-taken', message: 'Taken.' },
    })
    client.wire.cut()
    await world.clock.advance(1_000)
    expect(sent(client, 'userJoin')[1]).toMatchObject({ username: 'me' })
  })

  it('[SK8] chosen during a join is requested after it', async () => {
    const world = new FakeWorld()
    const client = world.open()
    await world.clock.advance(7)
    expect(client.session.view.status.kind).toBe('resuming')
    client.session.rename('other')
    await world.clock.advance(100)
    expect(sent(client, 'userJoin')).toMatchObject([{ username: 'me' }])
    expect(sent(client, 'userRename')).toMatchObject([{ username: 'other' }])
  })

  it('[SK9] chosen while disconnected is used for the next join', async () => {
    const { world, client, session } = await live()
    session.setOnline(false)
    session.rename('other')
    session.setOnline(true)
    await world.clock.advance(100)
    expect(sent(client, 'userJoin')[1]).toMatchObject({ username: 'other' })
  })

  it('[SK95] as the server corrected it is used for the next join', async () => {
    const world = new FakeWorld()
    const join = world.server.receive.bind(world.server)
    world.server.receive = (peer, text) => join(peer, text.replace('  me  ', 'me'))
    const { client } = await live({ username: '  me  ' }, world)
    client.wire.cut()
    await world.clock.advance(1_000)
    expect(sent(client, 'userJoin')).toMatchObject([{ username: '  me  ' }, { username: 'me' }])
  })
})
