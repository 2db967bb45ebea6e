import { expect, it } from 'vitest'
import { said, World } from './world.ts'

it('[SK1] joins, shows the newest page and who is here', async () => {
  const world = new World()
  world.server.say('hello')
  world.server.say('world')
  const { session } = world.open()
  await world.clock.advance(100)
  expect(session.view.status).toEqual({ kind: 'live' })
  expect(said(session)).toEqual(['hello', 'world'])
  expect(session.view.people).toEqual([{ username: 'me', by: 'me' }])
  expect(session.view.hasOlder).toBe(false)
})

it('[SK2] shows what is sent at once and keeps its key when it is stored', async () => {
  const world = new World()
  const { session } = world.open()
  await world.clock.advance(100)
  void session.send('one')
  void session.send('two')
  expect(said(session)).toEqual(['one (pending)', 'two (pending)'])
  const keys = session.view.timeline.map(({ key }) => key)
  await world.clock.advance(100)
  expect(said(session)).toEqual(['one', 'two'])
  expect(session.view.timeline.map(({ key }) => key)).toEqual(keys)
  expect(world.server.messages().map(({ body }) => body)).toEqual(['one', 'two'])
})
