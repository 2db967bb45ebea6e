import { expect, it } from 'vitest'
import { live } from './live.ts'

it('[SK91] a reported message reaches the session of a moderator', async () => {
  const reports: unknown[] = []
  const { tell } = await live({ reported: (report) => reports.push(report) })
  const report = { ref: 3, by: 'b', username: 'Ben', reason: 'spam' }
  await tell({ event: 'report', data: report })
  expect(reports).toEqual([report])
})

it("[SK92] a message refused during a mute shows until when, by this device's clock", async () => {
  const { session, world } = await live()
  world.server.refusals = [{ code: 'muted', retryAfter: 60_000 }]
  await session.send('hello')
  await world.clock.advance(1_000)
  const [item] = session.view.timeline
  expect(item).toMatchObject({ kind: 'failed', code: 'muted' })
  const until = item?.kind === 'failed' ? (item.until ?? 0) : 0
  expect(until).toBeGreaterThan(world.clock.now() + 58_000)
  expect(until).toBeLessThan(world.clock.now() + 60_000)
})
