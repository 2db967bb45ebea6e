import { describe, expect, it } from 'vitest'
import { createReadMarker } from '../../../client/session/read-marker.ts'
import { FakeClock } from './fake-clock.ts'
import { FakeWorld } from './fake-world.ts'
import { live, sent } from './live.ts'

async function withTenMessages() {
  const world = new FakeWorld()
  for (let n = 1; n <= 10; n += 1) world.server.say(`${n}`)
  return live({}, world)
}

describe('the read marker', () => {
  it('[RD1] goes out every 5 minutes, at once when the tab is hidden or closed, and never twice', async () => {
    const { session, client, world } = await withTenMessages()
    session.read(5)
    await world.clock.advance(299_000)
    session.read(8)
    session.read(7)
    expect(sent(client, 'markRead')).toEqual([])
    await world.clock.advance(1_000)
    expect(sent(client, 'markRead')).toEqual([{ seq: 8, room: 'main' }])
    session.read(9)
    session.setVisible(false)
    session.setVisible(false)
    await world.clock.advance(20)
    expect(sent(client, 'markRead').at(-1)).toEqual({ seq: 9, room: 'main' })
    session.read(10)
    session.close()
    await world.clock.advance(600_000)
    expect(sent(client, 'markRead')).toHaveLength(3)
  })

  it('[RD2] waits for a connection, and is dropped when its log is gone', async () => {
    const { session, client, world } = await withTenMessages()
    client.wire.cut()
    session.read(10)
    session.setVisible(false)
    await world.clock.advance(600_000)
    expect(sent(client, 'markRead')).toEqual([{ seq: 10, room: 'main' }])
    world.server.erase()
    world.server.say('in the new log')
    await world.clock.advance(600_000)
    expect(sent(client, 'markRead')).toHaveLength(1)
  })

  it('[RD3] does not go out if the room knows it, and goes out again if the room lost it', () => {
    const sentSeqs: number[] = []
    const marker = createReadMarker(new FakeClock(), (seq) => sentSeqs.push(seq) > 0)
    marker.joined(8, 10)
    marker.read(8)
    marker.flush()
    expect(sentSeqs).toEqual([])
    marker.read(9)
    marker.flush()
    marker.joined(7, 10)
    marker.flush()
    expect(sentSeqs).toEqual([9, 9])
  })
})
