import { describe, expect, it } from 'vitest'
import { MemoryOutbox, type SessionOptions, type SocketHandlers } from '../../../client/session/index.ts'
import type { ClientFrame } from '../../../src/protocol/client-frames.ts'
import type { Invitation, ServerFrame } from '../../../src/protocol/server-frames.ts'
import { type Client, said, World } from './world.ts'

async function live(options: Partial<SessionOptions> = {}, world = new World()) {
  const client = world.open(options)
  await world.clock.advance(100)
  const tell = async (...frames: ServerFrame[]): Promise<void> => {
    world.server.tell(client.wire.peer, ...frames)
    await world.clock.advance(10)
  }
  return { world, client, session: client.session, tell }
}

function sent<E extends ClientFrame['event']>(client: Client, event: E): unknown[] {
  return client.wires
    .flatMap(({ sent }) => sent)
    .flatMap((text) => (text.startsWith('{') ? [JSON.parse(text)] : []))
    .flatMap((frame: ClientFrame) => (frame.event === event ? [frame.data] : []))
}

function joinedAs(world: World, resumed: boolean): ServerFrame {
  const { epoch, limits } = world.server
  const me = { username: 'me', by: 'me', room: 'main', role: 'member', version: 1 }
  return { event: 'joined', data: { ...me, epoch, seq: 0, resumed, limits } }
}

const ada = { username: 'Ada', by: 'a', room: 'main' }
const log = (seq: number, body = `${seq}`): ServerFrame => ({
  event: 'updateChat',
  data: { seq, id: `i${seq}`, by: 'a', username: 'Ada', body, time: seq, room: 'main' },
})

describe('joining', () => {
  it('[SK1] shows the newest page and who is here', async () => {
    const world = new World()
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
    expect(said(session)).toEqual(['hello'])
  })

  it('[SK2] again, tells where it left off and gets exactly what it missed', async () => {
    const { world, client, session } = await live()
    world.server.say('one')
    await world.clock.advance(10)
    client.wire.cut()
    world.server.say('two')
    world.server.say('three')
    expect(session.view.status.kind).toBe('waiting')
    await world.clock.advance(1_000)
    expect(sent(client, 'userJoin')[1]).toMatchObject({ after: 1, epoch: 'epoch-1' })
    expect(said(session)).toEqual(['one', 'two', 'three'])
    expect(sent(client, 'msgHistory')).toEqual([])
  })

  it('[SK3] after another epoch began starts afresh', async () => {
    const { world, session } = await live()
    world.server.say('old')
    await world.clock.advance(10)
    world.server.erase()
    world.server.say('new')
    await world.clock.advance(1_000)
    expect(said(session)).toEqual(['new'])
    expect(session.view.self?.epoch).toBe('epoch-1+')
  })

  it('[SK4] watching says so', async () => {
    const { client } = await live({ watch: true })
    expect(sent(client, 'userJoin')).toEqual([{ username: 'me', room: 'main', version: 1, watch: true }])
  })
})

describe('names', () => {
  const refused = { event: 'error', data: { code: 'name-taken', message: 'Taken.' } } as const

  it('[SK5] a refused one is asked for again, and the join goes on with it on the same socket', async () => {
    const world = new World()
    world.server.refusals = [{ code: 'name-taken' }]
    const { client, session } = await live({}, world)
    expect(session.view.status).toEqual({ kind: 'refused', code: 'name-taken', message: 'name-taken' })
    expect(session.view.notice).toBeUndefined()
    session.rename('other')
    await world.clock.advance(100)
    expect(session.view).toMatchObject({ status: { kind: 'live' }, self: { username: 'other' } })
    expect(client.wires).toHaveLength(1)
  })

  it('[SK6] another one while live is asked for, and kept for the next join once it is told', async () => {
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

  it('[SK7] one refused while live is told, and the old one stays', async () => {
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

  it('[SK8] one chosen while the join is under way is asked for after it', async () => {
    const world = new World()
    const client = world.open()
    await world.clock.advance(7)
    expect(client.session.view.status.kind).toBe('resuming')
    client.session.rename('other')
    await world.clock.advance(100)
    expect(sent(client, 'userJoin')).toMatchObject([{ username: 'me' }])
    expect(sent(client, 'userRename')).toMatchObject([{ username: 'other' }])
  })

  it('[SK9] one chosen while cut off is joined under', async () => {
    const { world, client, session } = await live()
    session.setOnline(false)
    session.rename('other')
    session.setOnline(true)
    await world.clock.advance(100)
    expect(sent(client, 'userJoin')[1]).toMatchObject({ username: 'other' })
  })

  it('[SK9] the one that the server gave is the one to come back under', async () => {
    const world = new World()
    const join = world.server.receive.bind(world.server)
    world.server.receive = (peer, text) => join(peer, text.replace('  me  ', 'me'))
    const { client } = await live({ username: '  me  ' }, world)
    client.wire.cut()
    await world.clock.advance(1_000)
    expect(sent(client, 'userJoin')).toMatchObject([{ username: '  me  ' }, { username: 'me' }])
  })
})

describe('people', () => {
  it('[SK10] that only a list named are known by what they do, also by what they once said', async () => {
    const world = new World()
    world.server.say('hello', 'Bo')
    const { session, tell } = await live({}, world)
    await tell({ event: 'activeUsers', data: ['Ada', 'Bo', 'Cy', 'Di'] })
    await tell({ ...log(2) })
    await tell({ event: 'userTyping', data: { username: 'Cy', by: 'c', room: 'main' } })
    expect(session.view.people).toEqual([
      { username: 'Ada', by: 'a' },
      { username: 'Bo', by: 'Bo' },
      { username: 'Cy', by: 'c' },
      { username: 'Di' },
    ])
  })

  it('[SK10] come, go and are counted', async () => {
    const { session, tell } = await live()
    await tell({ event: 'userJoin', data: ada })
    expect(session.view.people).toEqual([
      { username: 'Ada', by: 'a' },
      { username: 'me', by: 'me' },
    ])
    await tell({ event: 'userLeave', data: ada }, { event: 'presence', data: { count: 300 } })
    expect(session.view.people).toEqual([{ username: 'me', by: 'me' }])
    expect(session.view.online).toBe(300)
  })

  it('[SK11] who type are shown until they have said it, gone, or been quiet for 6 s', async () => {
    const { world, session, tell } = await live()
    const typing: ServerFrame = { event: 'userTyping', data: ada }
    await tell(typing)
    expect(session.view.typing).toEqual(['Ada'])
    await world.clock.advance(5_000)
    await tell(typing)
    await world.clock.advance(5_900)
    expect(session.view.typing).toEqual(['Ada'])
    await world.clock.advance(100)
    expect(session.view.typing).toEqual([])
    await tell(typing)
    await tell(log(1))
    expect(session.view.typing).toEqual([])
    await tell(typing)
    await tell({ event: 'userLeave', data: ada })
    expect(session.view.typing).toEqual([])
    await tell({ event: 'userTyping', data: { username: 'me', by: 'me', room: 'main' } })
    expect(session.view.typing).toEqual([])
  })

  it('[SK11] who type again after they said something have their 6 s anew', async () => {
    const { world, session, tell } = await live()
    await tell({ event: 'userTyping', data: ada })
    await world.clock.advance(3_000)
    await tell(log(1), { event: 'userTyping', data: ada })
    await world.clock.advance(4_000)
    expect(session.view.typing).toEqual(['Ada'])
  })

  it('[SK11] nobody is shown typing who can no longer be heard', async () => {
    const { client, session, tell } = await live()
    await tell({ event: 'userTyping', data: ada })
    client.wire.cut()
    expect(session.view.typing).toEqual([])
  })

  it("[SK12] one's own typing goes out at most every 3 s, and at once after a message", async () => {
    const { world, client, session } = await live()
    const type = async (ms: number): Promise<number> => {
      session.typing()
      await world.clock.advance(ms)
      return sent(client, 'userTyping').length
    }
    expect([await type(2_900), await type(100), await type(10)]).toEqual([1, 1, 2])
    void session.send('hello')
    expect(await type(10)).toBe(3)
    expect(sent(client, 'userTyping')[0]).toEqual({ username: 'me', room: 'main' })
  })

  it('[SK13] typing while cut off is told to nobody later', async () => {
    const { world, client, session } = await live()
    session.setOnline(false)
    session.typing()
    session.setOnline(true)
    await world.clock.advance(100)
    expect(sent(client, 'userTyping')).toEqual([])
  })
})

describe('invitations', () => {
  const invitation = (room: string, more: Partial<Invitation> = {}): ServerFrame => ({
    event: 'newRoom',
    data: {
      username: 'Ada',
      username2: 'me',
      room,
      url: `/r/${room}`,
      created: true,
      joined: false,
      ...more,
    },
  })
  const rooms = ({ session }: Client): string[] => session.view.invitations.map(({ room }) => room)

  it('[SK14] are one for each room, the newest last', async () => {
    const { client, session, tell } = await live()
    await tell(invitation('one'), invitation('two'))
    const before = session.view.invitations
    await tell(invitation('one', { created: false }))
    expect(session.view.invitations).toBe(before)
    await tell(invitation('one', { joined: true }))
    expect(rooms(client)).toEqual(['two', 'one'])
  })

  it('[SK15] put away are gone, also from the repeats of a join that crossed it', async () => {
    const { world, client, session, tell } = await live()
    await tell(invitation('one'))
    session.dismiss('one')
    expect(rooms(client)).toEqual([])
    await tell(invitation('one'))
    expect(rooms(client)).toEqual([])
    expect(sent(client, 'dismissRoom')).toEqual([{ invite: 'one', room: 'main' }])
    await world.clock.advance(10_000)
    await tell(invitation('one'))
    expect(rooms(client)).toEqual(['one'])
  })

  it('[SK16] asked for while cut off go out with the next join', async () => {
    const { world, client, session } = await live()
    session.setOnline(false)
    session.invite('Ada')
    session.dismiss('two')
    session.setOnline(true)
    await world.clock.advance(100)
    expect(sent(client, 'newRoom')).toEqual([{ username2: 'Ada' }])
    expect(sent(client, 'dismissRoom')).toEqual([{ invite: 'two', room: 'main' }])
    client.wire.cut()
    await world.clock.advance(1_000)
    expect(sent(client, 'newRoom')).toHaveLength(1)
  })

  it('[SK17] that cannot be made are told by a notice', async () => {
    const { session, tell } = await live()
    await tell({ event: 'error', data: { code: 'not-found', message: 'Nobody.' } })
    expect(session.view.notice).toMatchObject({ code: 'not-found', message: 'Nobody.' })
    expect(session.view.status.kind).toBe('live')
  })
})

describe('older history', () => {
  async function long(count: number) {
    const world = new World()
    for (let n = 0; n < count; n += 1) world.server.say(`${n}`)
    return live({}, world)
  }

  it('[SK18] comes page by page, once for all who ask, until there is no more', async () => {
    const { world, client, session } = await long(120)
    expect([said(session).length, session.view.hasOlder]).toEqual([50, true])
    const both = Promise.all([session.loadOlder(), session.loadOlder()])
    await world.clock.advance(20)
    await both
    expect(said(session)).toHaveLength(100)
    void session.loadOlder()
    await world.clock.advance(20)
    expect([said(session).length, session.view.hasOlder]).toEqual([120, false])
    await session.loadOlder()
    expect(sent(client, 'msgHistory')).toEqual([
      { before: 71, limit: 50 },
      { before: 21, limit: 50 },
    ])
  })

  it('[SK19] asked for while cut off, or cut off while asked for, comes after the resume', async () => {
    const { world, client, session } = await long(60)
    let isLoaded = false
    const loading = session.loadOlder().then(() => {
      isLoaded = true
    })
    client.wire.cut()
    await world.clock.advance(100)
    expect(isLoaded).toBe(false)
    await world.clock.advance(1_000)
    await loading
    expect(said(session)).toHaveLength(60)
  })

  it('[SK20] refused for haste is asked for again when it may be', async () => {
    const { world, client, session, tell } = await long(60)
    client.wire.deafServer = true
    void session.loadOlder()
    await tell({ event: 'error', data: { code: 'rate-limited', message: '', retryAfter: 2_000 } })
    client.wire.deafServer = false
    await world.clock.advance(1_900)
    expect(said(session)).toHaveLength(50)
    await world.clock.advance(200)
    expect(said(session)).toHaveLength(60)
    expect(session.view.notice).toBeUndefined()
  })

  it('[SK21] keeps nobody waiting for ever: a fresh start, an end and a close settle it', async () => {
    const { world, client, session } = await long(60)
    world.server.resumeAtMost = 0
    const first = session.loadOlder()
    client.wire.cut()
    world.server.say('more')
    await world.clock.advance(1_000)
    await first
    client.wire.deafServer = true
    const second = session.loadOlder()
    session.close()
    await second
    await session.loadOlder()
  })
})

describe('the connection', () => {
  it('[SK22] a gap asks for a resume at once, and nothing of the frame is applied past it', async () => {
    const { world, client, session, tell } = await live()
    await world.clock.advance(5_000)
    world.server.log.push(...[1, 2, 3].map((seq) => log(seq)).filter((frame) => frame.event === 'updateChat'))
    await tell(log(2, 'wrong'), log(1, 'wrong'), log(3, 'wrong'))
    expect(client.wires).toHaveLength(2)
    await world.clock.advance(20)
    expect(said(session)).toEqual(['1', '2', '3'])
  })

  it('[SK23] a frame that is lost at the end is missed by the next heartbeat', async () => {
    const { world, client, session } = await live()
    await world.clock.advance(5_000)
    client.wire.deafClient = true
    world.server.say('lost')
    client.wire.deafClient = false
    await world.clock.advance(17_100)
    expect(said(session)).toEqual(['lost'])
  })

  it.each(Array.from({ length: 12 }, (_, n) => n))(
    '[SK24] frame %i from the server is lost: within one heartbeat all is there',
    async (lost) => {
      const world = new World()
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
      expect(said(session)).toEqual(world.server.messages().map(({ body }) => body))
    },
  )

  it('[SK25] a dead one is found out within 30 s, without a close event', async () => {
    const { world, client, session } = await live()
    client.wire.deafServer = true
    client.wire.deafClient = true
    world.server.say('meanwhile')
    await world.clock.advance(30_100)
    expect(said(session)).toEqual(['meanwhile'])
    expect(client.wires).toHaveLength(2)
  })

  it('[SK26] goes with the network and is back at once with it', async () => {
    const { world, client, session } = await live()
    session.setOnline(false)
    expect(session.view.status).toEqual({ kind: 'offline' })
    await world.clock.advance(600_000)
    expect(client.wires).toHaveLength(1)
    session.setOnline(true)
    await world.clock.advance(30)
    expect(session.view.status).toEqual({ kind: 'live' })
  })

  it('[SK27] that waits tries at once when the page is shown', async () => {
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

  it('[SK28] that cannot be had asks why, and says so', async () => {
    const world = new World()
    world.unreachable = true
    world.problem = { code: 'not-found', message: 'There is nothing here.' }
    const { session } = await live({}, world)
    expect(session.view.status).toEqual({ kind: 'fatal', ...world.problem })
    expect(world.clock.pending).toBe(0)
  })

  it('[SK29] that cannot be had for no known reason is tried again, however the diagnosis goes', async () => {
    const world = new World()
    world.unreachable = true
    const { session } = await live({ diagnose: () => Promise.reject(new Error('no network')) }, world)
    expect(session.view.status).toMatchObject({ kind: 'waiting', attempt: 1 })
    world.unreachable = false
    await world.clock.advance(1_000)
    expect(session.view.status.kind).toBe('live')
  })

  it('[SK30] that throws when it is made is one that closed', async () => {
    const { session } = await live({
      connect: () => {
        throw new Error('bad address')
      },
    })
    expect(session.view.status.kind).toBe('waiting')
  })

  it('[SK31] whatever a socket given up still tells is not heard', async () => {
    const handlers: SocketHandlers[] = []
    const world = new World()
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
    say(0, log(1, 'ghost'), { event: 'error', data: { code: 'not-joined', message: '' } })
    handlers[0]?.message('pong 5')
    handlers[0]?.close(4403)
    handlers[0]?.open()
    await world.clock.advance(3_000)
    expect(said(session)).toEqual([])
    expect(session.view.status.kind).toBe('live')
    expect(handlers).toHaveLength(2)
  })

  it('[SK31] one that opens while it is being made is joined', async () => {
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

  it('[SK31] nothing is heard before the join is answered', async () => {
    const world = new World()
    const client = world.open()
    await world.clock.advance(7)
    world.server.tell(client.wire.peer, log(1), { event: 'activeUsers', data: ['ghost'] })
    await world.clock.advance(100)
    expect(client.session.view).toMatchObject({ status: { kind: 'live' }, people: [{ username: 'me' }] })
    expect(client.wires).toHaveLength(1)
  })

  it('[SK32] answers a sync with how far it has read', async () => {
    const { world, client, tell } = await live()
    world.server.say('one')
    await tell({ event: 'sync', data: { seq: 9 } })
    expect(sent(client, 'sync')).toEqual([{ seq: 1 }])
  })

  it('[SK33] minds neither unknown events and fields nor what is no frame at all', async () => {
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
        { ...log(1), more: true },
      ]),
    )
    await world.clock.advance(10)
    expect(said(session)).toEqual(['1'])
    expect(client.wires).toHaveLength(1)
  })

  it('[SK34] closed leaves nothing behind that would still happen, and keeps the outbox', async () => {
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

  it('[SK35] a clock that is set back puts nothing off', async () => {
    const { world, client, session } = await live()
    world.clock.setBack(3_600_000)
    await world.clock.advance(25_000)
    client.wire.deafClient = true
    client.wire.deafServer = true
    await world.clock.advance(31_000)
    expect(client.wires).toHaveLength(2)
    expect(session.view.status.kind).toBe('live')
  })

  it('[SK36] 200 clients cut off at once are all back within 10 s, spread', async () => {
    const world = new World()
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
    expect(clients.every(({ session }) => said(session).join() === 'after the deploy')).toBe(true)
  }, 20_000)
})

describe('a watcher', () => {
  it('[SK37] hears up to 5 s late without taking it for a loss', async () => {
    const { world, client, session, tell } = await live({ watch: true })
    await world.clock.advance(5_000)
    const silent = client.wire.peer
    silent.joined = false
    world.server.say('one')
    session.setVisible(true)
    await world.clock.advance(5_000)
    await tell(log(1))
    expect(said(session)).toEqual(['1'])
    await world.clock.advance(5_000)
    expect(client.wires).toHaveLength(1)
  })

  it('[SK38] takes an ack for a change it will hear of later', async () => {
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

describe('the view', () => {
  it('[SK39] is told of once a task, after everything that came together', async () => {
    const { session, tell } = await live()
    const seen: string[][] = []
    const stop = session.subscribe(() => seen.push(said(session)))
    await tell(log(1), log(2), { event: 'userJoin', data: ada })
    expect(seen).toEqual([['1', '2']])
    stop()
    await tell(log(3))
    expect(seen).toHaveLength(1)
  })

  it('[SK40] has new values only for what changed', async () => {
    const { session, tell } = await live()
    const before = session.view
    expect(session.view).toBe(before)
    await tell({ event: 'userTyping', data: ada })
    expect(session.view).not.toBe(before)
    expect(session.view.timeline).toBe(before.timeline)
    expect(session.view.people).toBe(before.people)
    expect(session.view.invitations).toBe(before.invitations)
    expect(session.view.self).toBe(before.self)
    expect(session.view.typing).not.toBe(before.typing)
    const after = session.view
    await tell({ event: 'userTyping', data: ada })
    expect(session.view).toBe(after)
    await tell(log(1))
    const later = session.view
    await tell(log(1))
    expect(session.view).toBe(later)
  })

  it('[SK41] shows the topic that is on its way', async () => {
    const { world, session } = await live()
    session.setOnline(false)
    void session.setTopic('Water')
    void session.setTopic('  Bread ')
    expect(session.view.topic).toBe('Bread')
    session.setOnline(true)
    await world.clock.advance(100)
    expect([session.view.topic, world.server.topic]).toEqual(['Bread', 'Bread'])
  })

  it("[SK42] one's own changes are in it as everyone else's", async () => {
    const { world, session } = await live()
    void session.send('hello')
    await world.clock.advance(20)
    void session.send('answer', { replyTo: 1 })
    void session.edit(1, 'hello there')
    void session.react(2, ':)', true)
    await world.clock.advance(200)
    void session.remove(2)
    await world.clock.advance(100)
    const shown = session.view.timeline.map((item) => (item.kind === 'message' ? item.message : item))
    expect(shown).toEqual(world.server.messages())
    expect(shown).toMatchObject([
      { body: 'hello there', edited: true },
      { deleted: true, replyTo: 1 },
    ])
  })
})
