import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { LIMITS } from '../../src/protocol/limits.ts'
import { call, ownedRoom } from './api-calls.ts'
import { newCookie } from './raw-client.ts'
import { stopTime } from './worker-clock.ts'

// No bucket fills up again while the calls are made, however slow the machine.
beforeEach(stopTime)
afterEach(() => {
  vi.restoreAllMocks()
})

/** How many calls are answered until the first that is refused. */
async function answered(most: number, ask: () => ReturnType<typeof call>): Promise<number> {
  for (let count = 0; count < most; count += 1) {
    const { status, answer, body } = await ask()
    if (status === 200) continue
    expect([status, answer]).toEqual([429, 'rate-limited'])
    expect(body.retryAfter).toBeGreaterThan(0)
    return count
  }
  return expect.unreachable('all were answered')
}

it.each(['', '/usage'])(
  '[PC3] GET /api/rooms/:room%s is refused to a person who has used up what they may ask',
  async (path) => {
    const { room, owner } = await ownedRoom()
    const count = await answered(LIMITS.rateBurst + 1, () => call(owner.cookie, 'GET', `/${room}${path}`))
    expect(count).toBeGreaterThan(1)
  },
)

it('[PC4] the facts of a room are refused to a network that has used up what it may ask, with a new cookie for each', async () => {
  const { room } = await ownedRoom()
  const from = { 'CF-Connecting-IP': '198.51.100.77' }
  const count = await answered(LIMITS.networkBurst + 1, () =>
    call(newCookie(), 'GET', `/${room}`, undefined, from),
  )
  expect(count).toBeGreaterThan(LIMITS.networkBurst / 2)
  const elsewhere = { 'CF-Connecting-IP': '198.51.100.78' }
  expect((await call(newCookie(), 'GET', `/${room}`, undefined, elsewhere)).status).toBe(200)
})
