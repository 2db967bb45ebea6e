import { describe, expect, it } from 'vitest'
import type { Invitation, ServerFrame } from '../../../src/protocol/server-frames.ts'
import { type Client, FakeWorld } from './fake-world.ts'
import { ada, live, messageFrame, sent } from './live.ts'

describe('people', () => {
  it('[SK10] from a list of names get their ids from what they do and once wrote', async () => {
    const world = new FakeWorld()
    world.server.say('hello', 'Bo')
    const { session, tell } = await live({}, world)
    await tell({ event: 'activeUsers', data: ['Ada', 'Bo', 'Cy', 'Di'] })
    await tell({ ...messageFrame(2) })
    await tell({ event: 'userTyping', data: { username: 'Cy', by: 'c', room: 'main' } })
    expect(session.view.people).toEqual([
      { username: 'Ada', by: 'a' },
      { username: 'Bo', by: 'Bo' },
      { username: 'Cy', by: 'c' },
      { username: 'Di' },
    ])
  })

  it('[SK96] join, leave and are counted', async () => {
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

  it('[SK11] who type are shown until they sent the message, left, or paused for 6 s', async () => {
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
    await tell(messageFrame(1))
    expect(session.view.typing).toEqual([])
    await tell(typing)
    await tell({ event: 'userLeave', data: ada })
    expect(session.view.typing).toEqual([])
    await tell({ event: 'userTyping', data: { username: 'me', by: 'me', room: 'main' } })
    expect(session.view.typing).toEqual([])
  })

  it('[SK97] who type again after a message are shown for another 6 s', async () => {
    const { world, session, tell } = await live()
    await tell({ event: 'userTyping', data: ada })
    await world.clock.advance(3_000)
    await tell(messageFrame(1), { event: 'userTyping', data: ada })
    await world.clock.advance(4_000)
    expect(session.view.typing).toEqual(['Ada'])
  })

  it('[SK98] are not shown as typing after the connection is lost', async () => {
    const { client, session, tell } = await live()
    await tell({ event: 'userTyping', data: ada })
    client.wire.cut()
    expect(session.view.typing).toEqual([])
  })

  it('[SK12] hear that this person types at most every 3 s, and at once after a message', async () => {
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

  it('[SK13] never hear of typing that happened offline', async () => {
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

  it('[SK15] stay dismissed when a join repeats them at the same time', async () => {
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

  it('[SK16] made offline go out with the next join', async () => {
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

  it('[SK17] that are refused show a notice', async () => {
    const { session, tell } = await live()
    await tell({ event: 'error', data: { code: 'not-found', message: 'Nobody.' } })
    expect(session.view.notice).toMatchObject({ code: 'not-found', message: 'Nobody.' })
    expect(session.view.status.kind).toBe('live')
  })
})
