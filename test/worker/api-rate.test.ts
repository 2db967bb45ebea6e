import { env } from 'cloudflare:workers'
import { afterEach, expect, it, vi } from 'vitest'
import { Room } from '../../src/durable/room/Room.ts'
import worker from '../../src/worker.ts'
import { newCookie } from './raw-client.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

/** The platform's own rate limiter, 3 a minute, which the tests bind under another name. */
function limited(): Env {
  const API_RATE: unknown = Reflect.get(env, 'TEST_RATE')
  return { ...env, API_RATE: API_RATE as RateLimit }
}

function ask(address: string, path: string, init: RequestInit & { headers?: Record<string, string> } = {}) {
  const headers = { 'CF-Connecting-IP': address, Cookie: newCookie(), ...init.headers }
  return worker.fetch(new Request(`http://hallway.test${path}`, { ...init, headers }), limited())
}

let networks = 0

/** The limit resets with each minute of the clock. Runs `work` again if a minute ended during it. */
async function withinAMinute<T>(play: (network: string) => Promise<T>): Promise<T> {
  for (;;) {
    networks += 1
    const minute = Math.floor(Date.now() / 60_000)
    const played = await play(`2001:db8:a:${networks}:`)
    if (Math.floor(Date.now() / 60_000) === minute) return played
  }
}

it('[AR1] a network that sends too many API requests is refused on every route, and no room wakes', async () => {
  const facts = vi.spyOn(Room.prototype, 'facts')
  const [first, refused, woken] = await withinAMinute(async (network) => {
    facts.mockClear()
    const first = []
    for (const host of ['1', '2', '3'])
      first.push((await ask(`${network}:${host}`, '/api/rooms/main')).status)
    const refused = [
      await ask(`${network}:4`, '/api/rooms/main'),
      await ask(`${network}:5`, '/api/rooms', { method: 'POST' }),
      await ask(`${network}:6`, '/api/rooms/main/ws', { headers: { Upgrade: 'websocket' } }),
      await ask(`${network}:7`, '/api/session', { method: 'POST' }),
      await ask(`${network}:8`, '/api/nowhere'),
    ]
    return [first, refused, facts.mock.calls.length] as const
  })
  expect([first, woken]).toEqual([[200, 200, 200], 3])
  for (const response of refused) {
    expect([response.status, response.headers.get('Retry-After')]).toEqual([429, '10'])
    expect(await response.json()).toMatchObject({ code: 'rate-limited', retryAfter: 10_000 })
    expect(response.headers.getSetCookie()).toEqual([])
    expect(response.headers.get('Cache-Control')).toBe('no-store')
  }
})

it('[AR2] the limit spares other networks, and pages outside the API', async () => {
  const asked = await withinAMinute(async (network) => {
    for (let n = 0; n < 3; n++) await ask(`${network}:1`, '/api/rooms/main')
    const responses = [
      await ask(`${network}:1`, '/api/rooms/main'),
      await ask(`${network.replace('2001', '2002')}:1`, '/api/rooms/main'),
      await ask(`${network}:1`, '/healthz'),
    ]
    return responses.map(({ status }) => status)
  })
  expect(asked).toEqual([429, 200, 200])
})

it('[AR4] callers without a known address do not count as one network', async () => {
  const asked = async () => {
    const request = new Request('http://hallway.test/api/session', { method: 'POST' })
    return (await worker.fetch(request, limited())).status
  }
  const statuses = []
  for (let n = 0; n < 9; n++) statuses.push(await asked())
  expect(statuses).toEqual(Array(9).fill(204))
})

it('[AR3] as shipped the limit is on', () => {
  expect(typeof env.API_RATE?.limit).toBe('function')
})
