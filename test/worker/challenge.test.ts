import { env } from 'cloudflare:workers'
import { afterEach, expect, it, vi } from 'vitest'
import { challengePolicy, securityHeaders } from '../../src/protocol/headers.ts'
import worker from '../../src/worker.ts'
import { freshRoom, newCookie, RawClient, request } from './raw-client.ts'
import { clockFromNow } from './worker-clock.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

// Turnstile's own test keys and their results. No test calls Turnstile.
const SITE_KEY = '1x00000000000000000000AA'
const PASSES = '1x0000000000000000000000000000000AA'
const FAILS = '2x0000000000000000000000000000000AA'
const SPENT = '3x0000000000000000000000000000000AA'
const TOKEN = 'XXXX.DUMMY.TOKEN.XXXX'
const DAY_MS = 24 * 60 * 60 * 1_000
const POLICY = 'Content-Security-Policy'

const ANSWERS: Record<string, object> = {
  [PASSES]: {
    success: true,
    'error-codes': [],
    challenge_ts: '2026-01-01T00:00:00.000Z',
    hostname: 'example.com',
  },
  [FAILS]: { success: false, 'error-codes': ['invalid-input-response'], messages: [] },
  [SPENT]: { success: false, 'error-codes': ['timeout-or-duplicate'], messages: [] },
}

/** Replaces siteverify. */
function turnstile() {
  return vi.spyOn(globalThis, 'fetch').mockImplementation(async (url, init) => {
    expect(url).toBe('https://challenges.cloudflare.com/turnstile/v0/siteverify')
    const { secret, response } = JSON.parse(String(init?.body))
    expect(response).toBe(TOKEN)
    return Response.json(ANSWERS[secret])
  })
}

function ask(path: string, init: RequestInit & { headers?: Record<string, string> }, secret = PASSES) {
  const bound = { ...env, TURNSTILE_SITE_KEY: SITE_KEY, TURNSTILE_SECRET_KEY: secret }
  return worker.fetch(new Request(`http://hallway.test${path}`, init), bound)
}

const pass = (cookie: string, secret?: string, body = JSON.stringify({ token: TOKEN })) =>
  ask(
    '/api/session/challenge',
    { method: 'POST', headers: { Cookie: cookie, 'Content-Type': 'application/json' }, body },
    secret,
  )

/** The upgrade, the public facts, which say why it would be refused, and a page of history. */
async function all(room: string, cookie: string) {
  const headers = { Cookie: cookie }
  const [upgraded, facts, page] = [
    await ask(`/api/rooms/${room}/ws`, { headers: { ...headers, Upgrade: 'websocket' } }),
    await ask(`/api/rooms/${room}`, { headers }),
    await ask(`/api/rooms/${room}/messages`, { headers }),
  ]
  upgraded.webSocket?.accept()
  upgraded.webSocket?.close()
  return [upgraded, facts, page] as const
}

async function expectChallenged(room: string, cookie: string): Promise<void> {
  for (const response of await all(room, cookie))
    expect([response.status, await response.json()]).toEqual([
      403,
      {
        type: 'about:blank',
        title: expect.any(String),
        status: 403,
        code: 'challenge',
        siteKey: SITE_KEY,
      },
    ])
}

async function expectAdmitted(room: string, cookie: string): Promise<void> {
  expect((await all(room, cookie)).map(({ status }) => status)).toEqual([101, 200, 200])
}

/** The cookie of a passed challenge. */
async function passed(cookie: string): Promise<string> {
  const response = await pass(cookie)
  const [set = ''] = response.headers.getSetCookie()
  expect([response.status, set]).toEqual([
    204,
    expect.stringMatching(
      /^hallway-human=\d+\.[0-9a-f]{64}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/,
    ),
  ])
  return set.split(';')[0] ?? ''
}

it('[TS1] without both Turnstile keys nobody is challenged', async () => {
  for (const some of [{ TURNSTILE_SITE_KEY: SITE_KEY }, { TURNSTILE_SECRET_KEY: PASSES }]) {
    const asked = new Request('http://hallway.test/api/rooms/main', { headers: { Cookie: newCookie() } })
    expect((await worker.fetch(asked, { ...env, ...some })).status).toBe(200)
  }
  const headers = { 'Content-Type': 'application/json' }
  const body = JSON.stringify({ token: TOKEN })
  expect((await request('/api/session/challenge', { method: 'POST', headers, body })).status).toBe(404)
  const page = await request('/challenge', { headers: { Accept: 'text/html' } })
  expect([page.status, page.headers.get(POLICY)]).toEqual([404, securityHeaders[POLICY]])
})

it('[TS2] a new visitor to an open room passes once, and counts as a person in every room for a week', async () => {
  const siteverify = turnstile()
  const clock = clockFromNow()
  const cookie = newCookie()
  const rooms = [freshRoom(), freshRoom()] as const
  await RawClient.join(rooms[1], 'Ben')
  for (const room of rooms) await expectChallenged(room, cookie)
  const human = `${cookie}; ${await passed(cookie)}`
  for (const room of rooms) await expectAdmitted(room, human)
  clock.pass(7 * DAY_MS - 60_000)
  await expectAdmitted(rooms[0], human)
  clock.pass(60_000)
  await expectChallenged(rooms[0], human)
  expect(siteverify).toHaveBeenCalledTimes(1)
})

it('[TS3] people who have joined a room before, and both people of a private room, are not challenged', async () => {
  const room = freshRoom()
  const ann = await RawClient.join(room, 'Ann')
  const ben = await RawClient.join(room, 'Ben')
  await expectAdmitted(room, ben.cookie)
  ann.send('newRoom', { username2: 'Ben' })
  const made = (await ann.next('newRoom')).data.room
  await expectAdmitted(made, ben.cookie)
  // To anyone else a private room looks missing, challenge or not.
  for (const absent of [made, 'b'.repeat(26)])
    for (const response of await all(absent, newCookie())) expect(response.status).toBe(404)
})

it('[TS4] a pass is invalid for another session, and so is a forged one', async () => {
  turnstile()
  const room = freshRoom()
  const [ann, ben] = [newCookie(), newCookie()]
  const note = await passed(ann)
  const [name = '', value = ''] = note.split('=')
  const [until = '', signature = ''] = value.split('.')
  await expectChallenged(room, `${ben}; ${note}`)
  const forged = [
    `${Number(until) + 1}.${signature}`,
    `${until}.${'0'.repeat(64)}`,
    `${until}.`,
    `${until}.${signature}00`,
    '',
    `9999999999999.${signature}`,
  ]
  for (const one of forged) await expectChallenged(room, `${ann}; ${name}=${one}`)
  // Over http a site on another port of this host may add passes of its own.
  await expectAdmitted(room, `${ann}; ${name}=${forged[0]}; ${note}`)
  // A new secret makes earlier passes invalid.
  const asked = await ask(`/api/rooms/${room}`, { headers: { Cookie: `${ann}; ${note}` } }, FAILS)
  expect(asked.status).toBe(403)
  await expectAdmitted(room, `${ann}; ${note}`)
})

it('[TS5] a refused or spent token gives no pass', async () => {
  turnstile()
  for (const secret of [FAILS, SPENT]) {
    const response = await pass(newCookie(), secret)
    expect([response.status, await response.json(), response.headers.getSetCookie()]).toMatchObject([
      403,
      { code: 'challenge', siteKey: SITE_KEY },
      [],
    ])
  }
})

it('[TS9] every way to read a room is challenged like a join', async () => {
  const room = freshRoom()
  await RawClient.join(room, 'Ann')
  const headers = { Cookie: newCookie() }
  for (const path of ['', '/messages', '/usage', '/people', '/audit', '/links']) {
    const response = await ask(`/api/rooms/${room}${path}`, { headers })
    expect([path, response.status, await response.json()]).toMatchObject([path, 403, { code: 'challenge' }])
  }
})

it('[TS10] a network may try a hundred challenges a minute, and Turnstile is asked no more often', async () => {
  const siteverify = turnstile()
  const clock = clockFromNow()
  const attempt = (address: string) => {
    const headers = { Cookie: newCookie(), 'Content-Type': 'application/json', 'CF-Connecting-IP': address }
    const body = JSON.stringify({ token: TOKEN })
    return ask('/api/session/challenge', { method: 'POST', headers, body })
  }
  for (let n = 0; n < 100; n++) expect((await attempt(`2001:db8:7:7::${n}`)).status).toBe(204)
  const late = await attempt('2001:db8:7:7::ffff')
  expect([late.status, late.headers.getSetCookie()]).toEqual([429, []])
  const { code, retryAfter } = await late.json<{ code: string; retryAfter: number }>()
  expect([code, late.headers.get('Retry-After')]).toEqual([
    'rate-limited',
    String(Math.ceil(retryAfter / 1_000)),
  ])
  expect(retryAfter).toBeLessThanOrEqual(60_000)
  expect(siteverify).toHaveBeenCalledTimes(100)
  expect((await attempt('2001:db8:7:8::1')).status).toBe(204)
  clock.pass(60_000)
  expect((await attempt('2001:db8:7:7::1')).status).toBe(204)
})

it('[TS6] while Turnstile is down nobody passes, and no log shows its secret', async () => {
  const lines: string[] = []
  for (const level of ['info', 'error'] as const)
    vi.spyOn(console, level).mockImplementation((line) => lines.push(String(line)))
  const answers = [
    () => Promise.reject(new Error(PASSES)),
    () => Promise.resolve(Response.json({ success: true }, { status: 503 })),
    () => Promise.resolve(new Response('<html>')),
  ]
  for (const answer of answers) {
    vi.spyOn(globalThis, 'fetch').mockImplementation(answer)
    const response = await pass(newCookie())
    expect([response.status, response.headers.getSetCookie()]).toEqual([500, []])
    expect(await response.text()).not.toContain(PASSES)
  }
  expect(lines.join('\n')).not.toContain(PASSES)
  expect(lines.join('\n')).not.toContain(TOKEN)
})

it('[TS7] a malformed token is refused, and so is a request from another site', async () => {
  const siteverify = turnstile()
  for (const body of ['{}', '{"token":""}', '{"token":7}', '{"__proto__":{"token":"x"}}', '[]'])
    expect((await pass(newCookie(), PASSES, body)).status).toBe(400)
  expect((await pass(newCookie(), PASSES, JSON.stringify({ token: 'x'.repeat(2_049) }))).status).toBe(400)
  const headers = { Origin: 'https://elsewhere.example', 'Content-Type': 'application/json' }
  const body = JSON.stringify({ token: TOKEN })
  expect((await ask('/api/session/challenge', { method: 'POST', headers, body })).status).toBe(403)
  expect(siteverify).not.toHaveBeenCalled()
})

it('[TS8] only the challenge page allows Turnstile’s script', async () => {
  const policyOf = async (path: string) => (await ask(path, {})).headers.get(POLICY)
  expect(await policyOf('/challenge')).toBe(challengePolicy)
  expect(challengePolicy).toContain("script-src 'self' https://challenges.cloudflare.com;")
  expect(challengePolicy).toContain('frame-src https://challenges.cloudflare.com')
  for (const path of ['/r/main', '/move', '/api/rooms/main'])
    expect(await policyOf(path)).toBe(securityHeaders[POLICY])
})
