import { describe, expect, it } from 'vitest'
import type { Session } from '../../../client/session/index.ts'
import type { Invitation, ServerFrame } from '../../../src/protocol/server-frames.ts'
import { type Client, FakeWorld } from './fake-world.ts'
import { ada, live, messageFrame, sent } from './live.ts'

describe('someone whom the room forgets', () => {
  const forgets = (seq: number, forgotten: number): ServerFrame => ({
    event: 'deleteChat',
    data: { seq, id: `i${seq}`, by: 'a', username: '', time: seq, room: 'main', ref: 0, forgotten },
  })
  const edit = (seq: number, by: string, username: string): ServerFrame => ({
    event: 'editChat',
    data: { seq, id: `i${seq}`, by, username, time: seq, room: 'main', ref: seq - 1, body: `edit ${seq}` },
  })
  const invitation = (by: string, room: string): ServerFrame => ({
    event: 'newRoom',
    data: { username: 'Ada', username2: 'me', room, url: `/r/${room}`, created: false, joined: false, by },
  })
  const names = ({ view }: Session) =>
    view.timeline.map((item) =>
      item.kind === 'message' ? [item.message.username, item.message.editor] : ['', ''],
    )

  it('[SK110] has no name any more in any message, edit, invitation or line of who came and went', async () => {
    const { world, session, tell } = await live()
    world.server.say('hello', 'Bo')
    await world.clock.advance(100)
    await tell({ event: 'userJoin', data: ada }, messageFrame(2), { event: 'userTyping', data: ada })
    await tell({ event: 'updateChat', data: { ...bo, seq: 3, id: 'i3', body: '3' } })
    await tell(edit(4, 'a', 'Ada'), invitation('a', 'theirs'), invitation('b', 'others'))
    expect(names(session)).toEqual([
      ['Bo', undefined],
      ['Ada', undefined],
      ['Bo', 'Ada'],
    ])
    await tell({ event: 'userLeave', data: ada }, forgets(5, 4))
    expect(names(session)).toEqual([
      ['Bo', undefined],
      ['', undefined],
      ['Bo', ''],
    ])
    const { presenceEvents, invitations, people, typing, timeline } = session.view
    expect([presenceEvents, typing, people]).toEqual([[], [], [{ username: 'me', by: 'me' }]])
    expect(invitations.map(({ room, username }) => [room, username])).toEqual([
      ['theirs', ''],
      ['others', 'Ada'],
    ])
    await tell({ event: 'activeUsers', data: ['Ada', 'me'] })
    expect(session.view.people).toEqual([{ username: 'Ada' }, { username: 'me', by: 'me' }])
    expect(timeline.map((item) => item.kind === 'message' && item.message.body)).toEqual([
      'hello',
      '2',
      'edit 4',
    ])
  })

  it('[SK111] keeps the name they return with, in what they say after that', async () => {
    const { session, tell } = await live()
    await tell(messageFrame(1), messageFrame(2), forgets(3, 1))
    expect(names(session).map(([username]) => username)).toEqual(['', 'Ada'])
    await tell(messageFrame(4), { event: 'userJoin', data: { ...ada, username: 'Adele' } })
    expect(names(session).map(([username]) => username)).toEqual(['', 'Ada', 'Ada'])
    expect(session.view.presenceEvents).toMatchObject([{ kind: 'joined', username: 'Adele' }])
  })

  it('[SK113] and whose name is not known any more has no former name when they return with another', async () => {
    const { session, tell } = await live()
    await tell(messageFrame(1), forgets(2, 1))
    await tell({ event: 'userRename', data: { ...ada, username: 'Adele' } })
    expect(session.view.presenceEvents.map(({ formerName, username }) => [formerName, username])).toEqual([
      [undefined, 'Adele'],
    ])
  })

  it('[SK112] has no name either in older history that is open', async () => {
    const world = new FakeWorld()
    for (let seq = 1; seq <= 200; seq += 1) world.server.say(`${seq}`, seq % 2 ? 'a' : 'b')
    const { session, tell } = await live({}, world)
    void session.loadAround(20)
    await world.clock.advance(100)
    const open = () =>
      session.view.historyWindow?.items.flatMap((item) =>
        item.kind === 'message' ? [item.message.username] : [],
      ) ?? []
    expect(new Set(open())).toEqual(new Set(['a', 'b']))
    await tell(forgets(201, 200))
    expect(new Set(open())).toEqual(new Set(['', 'b']))
  })
})

const bo = { username: 'Bo', by: 'b', time: 3, room: 'main' }

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
