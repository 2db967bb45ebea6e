import { expect, it } from 'vitest'
import type { Session } from '../../../client/session/index.ts'
import { LIMITS } from '../../../src/protocol/limits.ts'
import type { ServerFrame } from '../../../src/protocol/server-frames.ts'
import { ada, live, messageFrame } from './live.ts'

const bo = { username: 'Bo', by: 'b', room: 'main' }
const came = (data = ada): ServerFrame => ({ event: 'userJoin', data })
const went = (data = ada): ServerFrame => ({ event: 'userLeave', data })
const here = (...names: string[]): ServerFrame => ({ event: 'activeUsers', data: names })

const eventsOf = ({ view }: Session): string[] =>
  view.presenceEvents.map(({ kind, username, formerName: formerly, after }) =>
    [after, ...(formerly === undefined ? [] : [formerly]), kind, username].join(' '),
  )

it('[JL1] a join, a leave and a rename are events with their place in the log', async () => {
  const { session, tell } = await live()
  await tell(came(), messageFrame(1), messageFrame(2), went())
  await tell(came(bo), { event: 'userRename', data: { ...bo, username: 'Bob' } })
  expect(eventsOf(session)).toEqual(['0 joined Ada', '2 left Ada', '2 joined Bo', '2 Bo renamed Bob'])
  const { presenceEvents: before } = session.view
  await tell(messageFrame(3))
  expect(session.view.presenceEvents).toBe(before)
})

it('[JL12] a rename of an unknown person has no former name, and a repeated one is no event', async () => {
  const { session, tell } = await live()
  await tell(here('Cy', 'me'), { event: 'userRename', data: { by: 'c', username: 'Cyd', room: 'main' } })
  await tell({ event: 'userRename', data: { by: 'c', username: 'Cyd', room: 'main' } })
  expect(eventsOf(session)).toEqual(['0 renamed Cyd'])
})

it('[JL2] an event during a resume stands after all changes of the resume', async () => {
  const { world, client, session, tell } = await live()
  world.server.say('1')
  await tell()
  client.wire.cut()
  for (let n = 2; n <= 9; n += 1) world.server.say(`${n}`)
  const { server } = world
  const inOrder = server.tell.bind(server)
  server.tell = (peer, ...frames) => {
    const isBegin = frames.some(({ event }) => event === 'joined')
    inOrder(peer, ...frames, ...(isBegin ? [came()] : []))
  }
  await world.clock.advance(60_000)
  expect(session.view.timeline).toHaveLength(9)
  expect(eventsOf(session)).toEqual(['9 joined Ada'])
})

it('[JL3] with more than two hundred people there are no events', async () => {
  const { session, tell } = await live()
  const names = Array.from({ length: LIMITS.rosterSample }, (_, n) => `Person ${n}`)
  await tell(here(...names), { event: 'presence', data: { count: 300 } })
  await tell(came(), went(), { event: 'userRename', data: { ...bo, username: 'Bob' } })
  expect(eventsOf(session)).toEqual([])
  await tell(here('me', 'Bob'), came())
  expect(eventsOf(session)).toEqual(['0 joined Ada'])
})

it('[JL4] people who return right after a lost connection cause no events, later ones do', async () => {
  const { world, client, session, tell } = await live()
  await tell(here('Ada', 'Bo', 'me'))
  client.wire.cut()
  await world.clock.advance(1_000)
  await tell(here('Bo', 'me'), came(), went(bo), came(bo))
  expect(eventsOf(session)).toEqual(['0 left Bo', '0 joined Bo'])
  client.wire.cut()
  await world.clock.advance(60_000)
  await tell(came())
  expect(eventsOf(session).at(-1)).toBe('0 joined Ada')
})

it('[JL5] a new log begins without events, and at most five hundred are kept', async () => {
  const { world, session, tell } = await live()
  for (let n = 0; n < 260; n += 1) await tell(came(), went())
  expect(session.view.presenceEvents).toHaveLength(500)
  expect(new Set(session.view.presenceEvents.map(({ key }) => key)).size).toBe(500)
  expect(eventsOf(session).at(-1)).toBe('0 left Ada')
  world.server.erase()
  await world.clock.advance(60_000)
  expect(eventsOf(session)).toEqual([])
})
