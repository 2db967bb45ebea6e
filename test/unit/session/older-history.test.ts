import { describe, expect, it } from 'vitest'
import { FakeWorld, shownTexts } from './fake-world.ts'
import { live, sent } from './live.ts'

describe('older history', () => {
  async function long(count: number) {
    const world = new FakeWorld()
    for (let n = 0; n < count; n += 1) world.server.say(`${n}`)
    return live({}, world)
  }

  it('[SK18] loads page by page to the first message, once for several requests', async () => {
    const { world, client, session } = await long(120)
    expect([shownTexts(session).length, session.view.hasOlder]).toEqual([50, true])
    const both = Promise.all([session.loadOlder(), session.loadOlder()])
    await world.clock.advance(20)
    await both
    expect(shownTexts(session)).toHaveLength(100)
    void session.loadOlder()
    await world.clock.advance(20)
    expect([shownTexts(session).length, session.view.hasOlder]).toEqual([120, false])
    await session.loadOlder()
    expect(sent(client, 'msgHistory')).toMatchObject([
      { before: 71, limit: 50 },
      { before: 21, limit: 50 },
    ])
  })

  it('[SK19] requested while disconnected, or interrupted, arrives after the resume', async () => {
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
    expect(shownTexts(session)).toHaveLength(60)
  })

  it('[SK20] that is rate limited is requested again later', async () => {
    const { world, client, session, tell } = await long(60)
    client.wire.deafServer = true
    void session.loadOlder()
    await tell({
      event: 'error',
      data: { id: 'page 1', code: 'rate-limited', message: '', retryAfter: 2_000 },
    })
    client.wire.deafServer = false
    await world.clock.advance(1_900)
    expect(shownTexts(session)).toHaveLength(50)
    await world.clock.advance(200)
    expect(shownTexts(session)).toHaveLength(60)
    expect(session.view.notice).toBeUndefined()
  })

  it('[SK60] is not asked for again because something else was refused, which is told', async () => {
    const { world, client, session, tell } = await long(60)
    client.wire.deafServer = true
    void session.loadOlder()
    await tell({ event: 'error', data: { code: 'rate-limited', message: 'slower', retryAfter: 100 } })
    await world.clock.advance(1_000)
    expect(sent(client, 'msgHistory')).toHaveLength(1)
    expect(session.view.notice).toMatchObject({ code: 'rate-limited' })
  })

  it('[SK21] never waits for ever: a fresh start and a close settle the request', async () => {
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

  it('[SK43] that is lost is missed within a heartbeat, and requested on another connection', async () => {
    const { world, client, session } = await long(60)
    client.wire.deafClient = true
    const loading = session.loadOlder()
    await world.clock.advance(100)
    client.wire.deafClient = false
    await world.clock.advance(19_000)
    expect([client.wires.length, shownTexts(session).length]).toEqual([1, 50])
    await world.clock.advance(1_000)
    await loading
    expect([client.wires.length, shownTexts(session).length]).toEqual([2, 60])
    await world.clock.advance(60_000)
    expect(client.wires).toHaveLength(2)
  })
})
