import { runInDurableObject } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { problem as problemOf } from '../../src/http/problem.ts'
import { ERROR_CODES } from '../../src/protocol/error-rules.ts'
import { ERRORS } from '../../src/protocol/errors.ts'
import { securityHeaders } from '../../src/protocol/headers.ts'
import worker from '../../src/worker.ts'
import { freshRoom, newCookie, RawClient, request, sleep, upgrade } from './raw-client.ts'
import { stopTime } from './worker-clock.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

// The page itself is a built file. The browser tests check it.
const NEVER_MADE = 'b'.repeat(26)
const ATTRIBUTES = 'Max-Age=34560000; Path=/; HttpOnly'

/** The body of a refusal. */
async function refusal(response: Response) {
  expect(response.headers.get('Content-Type')).toBe('application/problem+json; charset=utf-8')
  const { title, ...rest } = await response.json<Record<string, unknown>>()
  expect(title).toEqual(expect.any(String))
  return rest
}

const problem = (status: number, code: string, detail?: string) => ({
  type: 'about:blank',
  status,
  code,
  ...(detail === undefined ? {} : { detail }),
})

/** The number of tables in a room: none before the first write. */
function stored(room: string): Promise<number> {
  return runInDurableObject(
    env.ROOMS.getByName(room),
    (_instance, { storage }) =>
      storage.sql.exec("SELECT name FROM sqlite_master WHERE name NOT LIKE '\\_cf%' ESCAPE '\\'").toArray()
        .length,
  )
}

/** A room with messages. */
async function spokenIn(bodies: readonly string[]) {
  const room = freshRoom()
  const ann = await RawClient.join(room, 'Ann')
  for (const body of bodies) {
    ann.say(body)
    await ann.next('ack')
  }
  return { room, ann }
}

describe('health', () => {
  it('[HT1] reports that the server is up, and its version', async () => {
    const response = await request('/healthz')
    expect([response.status, await response.json()]).toEqual([
      200,
      { status: 'ok', version: expect.stringMatching(/^\d+\.\d+\.\d+/) },
    ])
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    expect(response.headers.get('Set-Cookie')).toBeNull()
  })
})

describe('a session', () => {
  const ask = (headers: Record<string, string> = {}, origin = 'http://hallway.test') =>
    exports.default.fetch(new Request(`${origin}/api/session`, { method: 'POST', headers }))

  it('[HT2] is a cookie hidden from scripts and from other sites', async () => {
    const response = await ask()
    expect([response.status, await response.text()]).toEqual([204, ''])
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(new RegExp(`^hallway=[A-Za-z0-9_-]{43}; ${ATTRIBUTES}; SameSite=Lax$`)),
    ])
    expect(response.headers.get('Cache-Control')).toBe('no-store')
  })

  it('[HT3] is a secure host cookie on https, where the plain cookie does not count', async () => {
    const pattern = new RegExp(`^__Host-hallway=([A-Za-z0-9_-]{43}); ${ATTRIBUTES}; Secure; SameSite=Lax$`)
    const plain = newCookie()
    const [cookie = ''] = (await ask({ Cookie: plain }, 'https://hallway.test')).headers.getSetCookie()
    expect(cookie).toMatch(pattern)
    expect(pattern.exec(cookie)?.[1]).not.toBe(plain.slice('hallway='.length))
    const secure = `__Host-${newCookie()}`
    const [renewed] = (await ask({ Cookie: secure }, 'https://hallway.test')).headers.getSetCookie()
    expect(renewed).toBe(`${secure}; ${ATTRIBUTES}; Secure; SameSite=Lax`)
  })

  it('[HT4] keeps its token when it is renewed', async () => {
    const cookie = newCookie()
    const again = await ask({ Cookie: `theme=dark; ${cookie}; other=1` })
    expect(again.headers.getSetCookie()).toEqual([`${cookie}; ${ATTRIBUTES}; SameSite=Lax`])
  })

  it.each(['', 'short', 'x'.repeat(44), `${'x'.repeat(42)}!`, `${'x'.repeat(42)}%3D`, '%E0%A4%A'])(
    '[HT5] replaces %j, which is not a valid token',
    async (token) => {
      const [cookie = ''] = (await ask({ Cookie: `hallway=${token}` })).headers.getSetCookie()
      expect(cookie).toMatch(/^hallway=[A-Za-z0-9_-]{43};/)
      expect(cookie).not.toContain(`=${token};`)
    },
  )

  it('[HT43] is the first valid token of a request, and no answer replaces it', async () => {
    const room = freshRoom()
    const [ours, theirs] = [newCookie(), newCookie()]
    const ann = await RawClient.join(room, 'Ann', ours)
    // Over http a site on another port of this host sets cookies of the same name.
    for (const Cookie of [
      `hallway=; hallway=short; ${ours}`,
      `hallway="x"; ${ours}; ${theirs}`,
      `${ours}; hallway=${'x'.repeat(44)}`,
    ]) {
      const response = await upgrade(room, { Cookie })
      expect([response.status, response.headers.getSetCookie()]).toEqual([101, []])
      if (response.webSocket === null) expect.unreachable()
      const tab = new RawClient(room, Cookie, response.webSocket)
      tab.send('userJoin', { username: 'Ann', room })
      expect((await tab.next('joined')).data.by).toBe(ann.frames[0]?.data.by)
      for (const path of ['/api/rooms/main', '/api/nowhere'])
        expect((await request(path, { headers: { Cookie } })).headers.getSetCookie()).toEqual([])
    }
  })

  it.each(['http', 'https'])('[HT44] is not renewed over %s if a request has two', async (scheme) => {
    const [ours, theirs] = [newCookie(), newCookie()].map((one) =>
      scheme === 'https' ? `__Host-${one}` : one,
    )
    const renewed = async (Cookie: string) =>
      (await ask({ Cookie }, `${scheme}://hallway.test`)).headers.getSetCookie()
    expect(await renewed(`${theirs}; ${ours}`)).toEqual([])
    expect(await renewed(`${ours}`)).toEqual([expect.stringContaining(`${ours}; `)])
    expect(await renewed(`x=1; ${ours}; ${scheme === 'https' ? '__Host-' : ''}hallway=short`)).toEqual([
      expect.stringContaining(`${ours}; `),
    ])
  })

  it.each(['/api/rooms/main', '/api/rooms/main/messages', '/api/rooms/no_room', '/api/nowhere'])(
    '[HT6] starts with any answer of %s to a request without one',
    async (path) => {
      expect((await request(path)).headers.getSetCookie()).toHaveLength(1)
      expect((await request(path, { headers: { Cookie: newCookie() } })).headers.getSetCookie()).toEqual([])
    },
  )

  it('[HT7] starts with an upgrade without one, and that session joins', async () => {
    const room = freshRoom()
    const response = await upgrade(room)
    const [set = ''] = response.headers.getSetCookie()
    expect([response.status, set]).toEqual([101, expect.stringMatching(/^hallway=[A-Za-z0-9_-]{43};/)])
    if (response.webSocket === null) expect.unreachable()
    const first = new RawClient(room, '', response.webSocket)
    first.send('userJoin', { username: 'Ann', room })
    const { by } = (await first.next('joined')).data
    const [cookie = ''] = set.split(';')
    const second = await RawClient.join(room, 'Ann', cookie)
    expect(second.frames[0]?.data.by).toBe(by)
    const known = await upgrade(room, { Cookie: cookie })
    expect(known.headers.getSetCookie()).toEqual([])
  })
})

describe('rooms over HTTP', () => {
  it('[HT8] creates a room with an unguessable id, owned by its creator', async () => {
    const cookie = newCookie()
    const response = await request('/api/rooms', { method: 'POST', headers: { Cookie: cookie } })
    const { room, ...rest } = await response.json<{ room: string }>()
    expect(room).toMatch(/^[a-z2-7]{26}$/)
    const url = `http://hallway.test/r/${room}`
    expect([response.status, rest, response.headers.get('Location')]).toEqual([201, { url }, url])
    expect((await RawClient.join(room, 'Ben')).frames[0]?.data).toMatchObject({ role: 'member' })
    expect((await RawClient.join(room, 'Ann', cookie)).frames[0]?.data).toMatchObject({ role: 'owner' })
  })

  it('[HT9] answers for an open room before its first join as for an empty one, and stores nothing', async () => {
    const room = freshRoom()
    const empty = {
      room,
      title: '',
      topic: '',
      access: 'open',
      online: 0,
      seq: 0,
      epoch: null,
      retention: 'forever',
    }
    expect(await (await request(`/api/rooms/${room}`)).json()).toEqual(empty)
    expect(await (await request(`/api/rooms/${room}/messages`)).json()).toEqual({ room, messages: [] })
    await RawClient.open(room)
    expect(await stored(room)).toBe(0)
    await RawClient.join(room, 'Ann')
    expect(await stored(room)).toBeGreaterThan(0)
  })

  it('[HT61] tells the epoch of a room once it has begun: by its first join, or by being made', async () => {
    const epochOf = async (room: string, cookie: string) => {
      const answer = await request(`/api/rooms/${room}`, { headers: { Cookie: cookie } })
      return (await answer.json<{ epoch: string | null }>()).epoch
    }
    const [cookie, named] = [newCookie(), freshRoom()]
    expect(await epochOf(named, cookie)).toBeNull()
    const ann = await RawClient.join(named, 'Ann', cookie)
    expect(await epochOf(named, cookie)).toBe(ann.frames[0]?.data.epoch)
    const made = await request('/api/rooms', { method: 'POST', headers: { Cookie: cookie } })
    const { room } = await made.json<{ room: string }>()
    const before = await epochOf(room, cookie)
    expect((await RawClient.join(room, 'Ann', cookie)).frames[0]?.data.epoch).toBe(before)
  })

  it('[HT10] returns the public facts of a room, in any letter case', async () => {
    const { room, ann } = await spokenIn(['one', 'two'])
    ann.send('setTopic', { topic: ' Boats ', room })
    await ann.next('ack')
    const { epoch } = ann.frames[0]?.data ?? {}
    const facts = {
      room,
      title: '',
      topic: 'Boats',
      access: 'open',
      online: 1,
      seq: 3,
      epoch,
      retention: 'forever',
    }
    for (const name of [room, room.toUpperCase()]) {
      const response = await request(`/api/rooms/${name}`)
      expect([response.status, await response.json()]).toEqual([200, facts])
    }
    await sleep(room)
    expect(await (await request(`/api/rooms/${room}`)).json()).toEqual(facts)
  })

  it.each(['', '/messages', '/usage', '/ws'])(
    '[HT11] answers 404 for a room that was never created, at %j',
    async (path) => {
      const response = await request(`/api/rooms/${NEVER_MADE}${path}`, { headers: { Upgrade: 'websocket' } })
      expect([response.status, await refusal(response)]).toEqual([404, problem(404, 'not-found')])
    },
  )

  it('[HT12] a full room refuses an upgrade, and says why over HTTP', async () => {
    const room = freshRoom()
    await RawClient.join(room, 'Ann')
    await withSetting('ROOM_SOCKETS', '1', room, async () => {
      for (const response of [await upgrade(room), await request(`/api/rooms/${room}`)]) {
        expect(response.headers.get('Retry-After')).toBe('30')
        expect([response.status, await refusal(response)]).toEqual([
          429,
          { ...problem(429, 'room-full'), retryAfter: 30_000 },
        ])
      }
    })
    expect((await upgrade(room)).status).toBe(101)
  })

  it('[CD11] in a full room a socket that has not joined makes way, and its owner always gets in', async () => {
    const owner = newCookie()
    const headers = { Cookie: owner }
    const made = await request('/api/rooms', { method: 'POST', headers })
    const { room } = await made.json<{ room: string }>()
    await RawClient.join(room, 'Ann', owner)
    const silent = await RawClient.open(room, newCookie())
    await withSetting('ROOM_SOCKETS', '2', room, async () => {
      expect((await request(`/api/rooms/${room}`)).status).toBe(200)
      await RawClient.join(room, 'Ben')
      expect(await silent.untilClosed()).toEqual({ code: 4429, reason: 'room-full' })
      expect((await upgrade(room)).status).toBe(429)
      expect((await request(`/api/rooms/${room}`, { headers })).status).toBe(200)
      await RawClient.join(room, 'Ann', owner)
    })
  })

  it('[HT13] refuses a socket request without an upgrade', async () => {
    const response = await request(`/api/rooms/${freshRoom()}/ws`)
    expect([response.status, await refusal(response)]).toEqual([
      426,
      problem(426, 'bad-data', 'This address is for WebSockets. Connect with an upgrade request.'),
    ])
    const again = await request(`/api/rooms/${freshRoom()}/ws`)
    expect(await again.json()).toMatchObject({ title: 'This request is no WebSocket.' })
    expect(response.headers.get('Upgrade')).toBe('websocket')
  })

  it('[HT40] gives no socket to a HEAD request', async () => {
    // The runtime turns every upgrade into a GET.
    const headers = { Upgrade: 'websocket' }
    const asked = new Request(`http://hallway.test/api/rooms/${freshRoom()}/ws`, { method: 'HEAD', headers })
    const response = await worker.fetch(asked, env)
    expect([response.status, response.webSocket]).toEqual([426, null])
  })

  it('[HT14] accepts only valid room names', async () => {
    // The last but two contains the Kelvin sign, whose lower case is a plain k.
    const names = ['a_b', '-a', 'a-', 'x'.repeat(65), '%20', 'caf%C3%A9', '%E2%84%AA', '__proto__', 'a.b']
    for (const name of names) {
      for (const path of ['', '/messages', '/usage', '/ws']) {
        const response = await request(`/api/rooms/${name}${path}`, { headers: { Upgrade: 'websocket' } })
        expect([name, path, await refusal(response)]).toEqual([name, path, problem(400, 'room-invalid')])
      }
    }
  })
})

describe('pages of history over HTTP', () => {
  const pageOf = async (room: string, query: string) => {
    const { messages } = await (await request(`/api/rooms/${room}/messages${query}`)).json<{
      messages: { seq: number }[]
    }>()
    return messages.map(({ seq }) => seq)
  }

  it('[HT15] are ordered by seq, oldest first', async () => {
    const { room } = await spokenIn(['1', '2', '3', '4', '5', '6', '7'])
    const table: [string, number[]][] = [
      ['', [1, 2, 3, 4, 5, 6, 7]],
      ['?limit=2', [6, 7]],
      ['?before=4', [1, 2, 3]],
      ['?before=4&limit=2', [2, 3]],
      ['?after=4&limit=2', [5, 6]],
      ['?around=4&limit=4', [3, 4, 5, 6]],
      ['?around=1&limit=3', [1, 2, 3]],
      ['?after=7', []],
      ['?before=1', []],
      ['?limit=999999', [1, 2, 3, 4, 5, 6, 7]],
    ]
    for (const [query, seqs] of table) expect([query, await pageOf(room, query)]).toEqual([query, seqs])
    await sleep(room)
    expect(await pageOf(room, '?after=5')).toEqual([6, 7])
  })

  it('[HT16] are JSON, or one line a message on request', async () => {
    const { room, ann } = await spokenIn(['one', 'two\nlines'])
    const { by } = ann.frames[0]?.data ?? {}
    const message = (seq: number, body: string) => ({
      seq,
      id: expect.any(String),
      by,
      username: 'Ann',
      time: expect.any(Number),
      room,
      body,
    })
    const messages = [message(1, 'one'), message(2, 'two\nlines')]
    const json = await request(`/api/rooms/${room}/messages`)
    expect(await json.json()).toEqual({ room, messages })
    const Accept = 'application/x-ndjson'
    const lines = await request(`/api/rooms/${room}/messages`, { headers: { Accept } })
    expect(lines.headers.get('Content-Type')).toBe('application/x-ndjson; charset=utf-8')
    const text = new TextDecoder().decode(await lines.arrayBuffer())
    expect(text).toMatch(/\n$/)
    const parsed: unknown[] = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(parsed).toEqual(messages)
  })

  it.each([
    'limit=0',
    'limit=-1',
    'limit=ten',
    'limit=',
    'before=1.5',
    'after=1e3',
    'around=%00',
    'before=1&after=2',
    'around=1&after=2',
    'before=9999999999999999',
  ])('[HT17] are refused for %j', async (query) => {
    const response = await request(`/api/rooms/main/messages?${query}`)
    const detail =
      'Give `before`, `after`, `around` and `limit` as numbers, and at most one of the first three.'
    expect([response.status, await refusal(response)]).toEqual([400, problem(400, 'bad-data', detail)])
  })
})

describe('another site', () => {
  it.each(['https://elsewhere.example', 'null', 'https://hallway.test', 'http://hallway.test:8080'])(
    '[HT18] cannot use a visitor’s cookie, from %j',
    async (Origin) => {
      const room = freshRoom()
      const asked = [
        await upgrade(room, { Origin, Cookie: newCookie() }),
        await request('/api/rooms', { method: 'POST', headers: { Origin } }),
        await request('/api/session', { method: 'POST', headers: { Origin } }),
        await request(`/api/rooms/${room}`, { method: 'DELETE', headers: { Origin } }),
      ]
      for (const response of asked) {
        expect([response.status, await refusal(response)]).toEqual([
          403,
          problem(403, 'forbidden', 'A page of another site sent this. Send it from a page of this one.'),
        ])
      }
      const { online } = await (await request(`/api/rooms/${room}`)).json<{ online: number }>()
      expect(online).toBe(0)
    },
  )

  it('[HT19] does not include this site, or a program without an Origin', async () => {
    expect((await upgrade(freshRoom(), { Origin: 'http://hallway.test' })).status).toBe(101)
    expect((await upgrade(freshRoom())).status).toBe(101)
    const Origin = 'http://hallway.test'
    expect((await request('/api/rooms', { method: 'POST', headers: { Origin } })).status).toBe(201)
  })

  it('[HT20] cannot choose a session with the Worker’s internal header', async () => {
    const room = freshRoom()
    const forged = { 'x-hallway-session': 'someone else' }
    const cookie = newCookie()
    const ann = await RawClient.join(room, 'Ann', cookie)
    const other = await RawClient.open(room, cookie, forged)
    other.send('userJoin', { username: 'Ann', room })
    expect((await other.next('joined')).data.by).toBe(ann.frames[0]?.data.by)
  })
})

describe('every answer', () => {
  const ROUTES: [string, string, number, RequestInit][] = [
    ['GET', '/healthz', 200, {}],
    ['GET', '/api/rooms/main', 200, {}],
    ['GET', '/api/rooms/main/messages', 200, {}],
    ['GET', '/api/rooms/main/usage', 403, {}],
    ['GET', `/api/rooms/${NEVER_MADE}`, 404, {}],
    ['GET', '/api/rooms/no_room', 400, {}],
    ['GET', '/api/rooms/main/ws', 426, {}],
    ['GET', '/api/rooms/main/ws', 101, { headers: { Upgrade: 'websocket' } }],
    ['GET', '/api/rooms/main/ws', 403, { headers: { Origin: 'https://elsewhere.example' } }],
    ['GET', '/api/nowhere', 404, {}],
    ['DELETE', '/api/rooms/main', 403, {}],
    ['POST', '/api/rooms', 201, {}],
    ['POST', '/api/session', 204, {}],
    ['GET', '/assets/missing.js', 404, { headers: { Accept: 'text/html' } }],
    ['GET', '/nowhere', 404, {}],
    ['GET', '/r/UPPER', 308, {}],
    ['POST', '/r/main', 405, {}],
  ]

  it.each(ROUTES)('[HT21] has the security headers: %s %s, %i', async (method, path, status, init) => {
    const response = await request(path, { method, ...init })
    expect(response.status).toBe(status)
    const headers = Object.fromEntries(
      Object.keys(securityHeaders).map((name) => [name, response.headers.get(name)]),
    )
    expect(headers).toEqual(securityHeaders)
    if (path.startsWith('/api/')) expect(response.headers.get('Cache-Control')).toBe('no-store')
    if (status >= 400) expect(await refusal(response)).toMatchObject({ status, code: expect.any(String) })
  })

  it('[HT60] 405 with the methods that an address takes, and 404 where it takes none or must not tell', async () => {
    const table: [string, string, number, string | null][] = [
      ['POST', '/healthz', 405, 'GET, HEAD'],
      ['DELETE', '/r/main', 405, 'GET, HEAD'],
      ['GET', '/api/rooms', 405, 'POST'],
      ['GET', '/api/session', 405, 'POST, DELETE'],
      ['PUT', '/api/rooms/main', 405, 'GET, HEAD, PATCH, DELETE'],
      ['POST', '/api/rooms/main/messages', 405, 'GET, HEAD'],
      ['GET', '/api/rooms/main/reports', 405, 'POST'],
      ['HEAD', '/api/rooms/main/moderation', 405, 'POST'],
      ['GET', '/api/rooms/main/blocks/a', 405, 'PUT, DELETE'],
      ['PUT', '/api/rooms/main/links', 405, 'GET, HEAD, POST'],
      ['POST', '/api/rooms/main/nothing', 404, null],
      ['POST', '/nowhere', 404, null],
      ['POST', '/api/admin/rooms', 404, null],
      ['GET', '/api/admin/rooms/main', 404, null],
    ]
    for (const [method, path, status, allow] of table) {
      const response = await request(path, { method })
      expect([method, path, response.status, response.headers.get('Allow')]).toEqual([
        method,
        path,
        status,
        allow,
      ])
    }
    const answer = await (await request('/api/rooms')).json()
    const title = 'This address does not take this method.'
    expect(answer).toEqual({ ...problem(405, 'not-found', 'It takes POST.'), title })
  })

  it('[HT45] keeps browsers on https once they have come over https, and has no such header over http', async () => {
    const names = [`/api/rooms/${freshRoom()}`, '/api/rooms', '/healthz', '/nowhere', '/r/main', '/r/UPPER']
    for (const path of names) {
      const ask = (origin: string) =>
        exports.default.fetch(new Request(`${origin}${path}`, { redirect: 'manual' }))
      const [https, http] = [await ask('https://hallway.test'), await ask('http://hallway.test')]
      expect([path, https.headers.get('Strict-Transport-Security')]).toEqual([path, 'max-age=31536000'])
      expect([path, http.headers.get('Strict-Transport-Security')]).toEqual([path, null])
    }
  })

  it('[HT22] has its own request id', async () => {
    const ids = await Promise.all(
      [1, 2, 3].map(async () => (await request('/healthz')).headers.get('X-Request-Id')),
    )
    for (const id of ids) expect(id).toMatch(/^[0-9a-f-]{36}$/)
    expect(new Set(ids).size).toBe(3)
  })

  it.each([
    ['GET', '/messages', undefined],
    ['GET', '/audit', undefined],
    ['PUT', '/blocks/nobody', undefined],
    ['POST', '/reports', { ref: 1 }],
  ])('[HT41] says when to try again if it came too fast: %s %s', async (method, path, data) => {
    const { room, ann } = await spokenIn(['one'])
    const headers = { Cookie: ann.cookie, 'Content-Type': 'application/json' }
    const init = { method, headers, ...(data ? { body: JSON.stringify(data) } : {}) }
    stopTime()
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => request(`/api/rooms/${room}${path}`, init)),
    )
    const late = answers.filter(({ status }) => status === 429)
    expect(late.length).toBeGreaterThan(10)
    for (const response of late) {
      const { retryAfter, ...rest } = await refusal(response)
      const seconds = String(Math.ceil(Number(retryAfter) / 1_000))
      expect([rest, response.headers.get('Retry-After')]).toEqual([problem(429, 'rate-limited'), seconds])
      // As long as the room says, not as long as the default.
      expect(retryAfter).not.toBe(1_000)
    }
  })

  it('[HT42] says when to try again with every code of status 429, even if nobody knows the time', () => {
    const codes = ERROR_CODES.filter((code) => ERRORS[code].http === 429)
    expect(codes).toContain('rate-limited')
    for (const code of codes) {
      const { headers } = problemOf(code)
      expect([code, headers.get('Retry-After')]).toEqual([code, expect.stringMatching(/^[1-9]\d*$/)])
    }
  })

  it('[HT23] reveals no detail of an internal error', async () => {
    vi.spyOn(env.ROOMS, 'getByName').mockImplementation(() => {
      throw new Error('a secret')
    })
    const response = await worker.fetch(new Request('http://hallway.test/api/rooms/main'), {
      ...env,
      ROOMS: env.ROOMS,
    })
    expect([response.status, await refusal(response)]).toEqual([500, problem(500, 'internal')])
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff')
  })
})

describe('a room’s address', () => {
  it('[HT24] redirects to one spelling of its page, and keeps search engines away', async () => {
    const upper = await request('/r/My-Room')
    expect([upper.status, upper.headers.get('Location')]).toEqual([308, '/r/my-room'])
    for (const [path, status] of [
      ['/r/my-room', 200],
      ['/r/bad_name', 404],
      ['/r/-a', 404],
    ] as const) {
      const response = await request(path)
      expect([path, response.status, response.headers.get('X-Robots-Tag')]).toEqual([
        path,
        status,
        'noindex, nofollow',
      ])
      expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8')
    }
  })

  it.each([
    '/r/my-room/',
    '/R/My-Room/',
    '/r/my%2Droom',
    '/r/my-room.',
    '/r/my-room%2E',
    '/r/%20my-room%C2%A0',
  ])('[RL5] %s leads to /r/my-room with what it asks for', async (path) => {
    for (const search of ['', '?after=5']) {
      const response = await request(path + search)
      expect([response.status, response.headers.get('Location')]).toEqual([308, `/r/my-room${search}`])
    }
  })

  it.each([
    '/r/',
    '/r/a/b',
    '/r/a%2Fb',
    '/r/a%20b',
    '/r/a%23b',
    '/r/%E0%A4',
    '/r/a.b',
    '/r/-a.',
    '/r/%E2%84%AA',
  ])('[RL6] %s is no room', async (path) => {
    expect((await request(path, { headers: { Accept: 'text/html' } })).status).toBe(404)
  })

  it('[HT25] returns the same page for a closed room and one that was never created', async () => {
    const room = freshRoom()
    const ann = await RawClient.join(room, 'Ann')
    await RawClient.join(room, 'Ben')
    ann.send('newRoom', { username2: 'Ben' })
    const made = (await ann.next('newRoom')).data.room
    const [closed, absent] = [await request(`/r/${made}`), await request(`/r/${NEVER_MADE}`)]
    expect([closed.status, await closed.text()]).toEqual([absent.status, await absent.text()])
  })
})

/** Runs `work` with other settings of the operator for this room. */
async function withSetting(
  name: 'ROOM_SOCKETS',
  value: string,
  room: string,
  work: () => Promise<void>,
): Promise<void> {
  const set = (to: string) =>
    runInDurableObject(env.ROOMS.getByName(room), (instance) => {
      const settings: unknown = Reflect.get(instance, 'env')
      if (typeof settings !== 'object' || settings === null) throw new Error('The room has no settings')
      const before = String(Reflect.get(settings, name))
      Reflect.set(settings, name, to)
      return before
    })
  const before = await set(value)
  try {
    await work()
  } finally {
    await set(before)
  }
}
