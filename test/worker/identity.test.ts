import { listDurableObjectIds, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { DeviceTransfer } from '../../src/durable/DeviceTransfer.ts'
import { ERRORS } from '../../src/protocol/errors.ts'
import { LIMITS } from '../../src/protocol/limits.ts'
import worker from '../../src/worker.ts'
import { freshRoom, newCookie, RawClient, request, upgrade } from './raw-client.ts'
import { clockFromNow } from './worker-clock.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

const ATTRIBUTES = 'Path=/; HttpOnly'
const MINUTE_MS = 60_000

/** A transfer link for this cookie's identity, and its code. */
async function move(cookie: string): Promise<{ url: string; code: string; expiresAt: number }> {
  const response = await request('/api/session/moves', { method: 'POST', headers: { Cookie: cookie } })
  expect([response.status, response.headers.getSetCookie()]).toEqual([201, []])
  const { url, expiresAt } = await response.json<{ url: string; expiresAt: number }>()
  return { url, expiresAt, code: url.split('#')[1] ?? '' }
}

/** Redeems without the network's quota, which has tests of its own. */
async function redeem(code: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const asked = new Request('http://hallway.test/api/session/moves/redeem', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Cookie: newCookie(), ...headers },
    body: JSON.stringify({ code }),
  })
  return worker.fetch(asked, { ...env, REDEMPTIONS_A_MINUTE: '1e9' })
}

const NOT_FOUND = {
  type: 'about:blank',
  title: ERRORS['not-found'].message,
  status: 404,
  code: 'not-found',
}

async function expectNotFound(response: Response): Promise<void> {
  expect([response.status, await response.json(), response.headers.getSetCookie()]).toEqual([
    404,
    NOT_FOUND,
    [],
  ])
}

/** The stored values and the alarm of every transfer. */
async function atRest() {
  const ids = await listDurableObjectIds(env.HANDOVERS)
  return Promise.all(
    ids.map((id) =>
      runInDurableObject(env.HANDOVERS.get(id), async (_instance, { storage }) => ({
        id,
        values: [...storage.kv.list()],
        alarm: await storage.getAlarm(),
      })),
    ),
  )
}

/** The only transfer that stores anything. */
async function theOneAtRest() {
  const [one, ...others] = (await atRest()).filter(({ values }) => values.length > 0)
  if (one === undefined || others.length > 0) expect.unreachable('not exactly one transfer stores something')
  return one
}

describe('a device transfer', () => {
  it('[MV1] brings the same person to the other device, by a link whose code no server log contains', async () => {
    const lines: string[] = []
    for (const level of ['info', 'error'] as const)
      vi.spyOn(console, level).mockImplementation((line) => lines.push(String(line)))
    const room = freshRoom()
    const cookie = newCookie()
    const ann = await RawClient.join(room, 'Ann', cookie)
    const before = Date.now()
    const { url, code, expiresAt } = await move(cookie)
    expect(url).toMatch(/^http:\/\/hallway\.test\/move#[a-z2-7]{32}$/)
    expect(expiresAt - before).toBeGreaterThanOrEqual(10 * MINUTE_MS)
    expect(expiresAt - Date.now()).toBeLessThanOrEqual(10 * MINUTE_MS)
    const response = await redeem(code)
    expect([response.status, await response.text(), response.headers.getSetCookie()]).toEqual([
      204,
      '',
      [`${cookie}; Max-Age=34560000; ${ATTRIBUTES}; SameSite=Lax`],
    ])
    const [set = ''] = response.headers.getSetCookie()
    const again = await RawClient.join(room, 'Ann', set.split(';')[0])
    expect(again.frames[0]?.data.by).toBe(ann.frames[0]?.data.by)
    expect(lines).toHaveLength(4)
    for (const secret of [code, cookie.slice('hallway='.length)])
      expect(lines.join('\n')).not.toContain(secret)
  })

  it('[MV2] uses the https cookie over https', async () => {
    const cookie = `__Host-${newCookie()}`
    const ask = (path: string, init: RequestInit) =>
      exports.default.fetch(new Request(`https://hallway.test/api/session/moves${path}`, init))
    const made = await ask('', { method: 'POST', headers: { Cookie: cookie } })
    const { url } = await made.json<{ url: string }>()
    expect(url).toMatch(/^https:\/\/hallway\.test\/move#/)
    const response = await ask('/redeem', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ code: url.split('#')[1] }),
    })
    expect(response.headers.getSetCookie()).toEqual([
      `${cookie}; Max-Age=34560000; ${ATTRIBUTES}; Secure; SameSite=Lax`,
    ])
  })

  it('[MV3] goes to exactly one of a thousand concurrent requests with its code', async () => {
    const { code } = await move(newCookie())
    const responses = await Promise.all(Array.from({ length: 1_000 }, () => redeem(code)))
    const won = responses.filter(({ status }) => status === 204)
    expect(won).toHaveLength(1)
    for (const response of responses) if (response !== won[0]) await expectNotFound(response)
  })

  it('[MV4] answers alike for a wrong, a used, an expired and a malformed code', async () => {
    const clock = clockFromNow()
    const used = await move(newCookie())
    expect((await redeem(used.code)).status).toBe(204)
    const expired = await move(newCookie())
    const intime = await move(newCookie())
    clock.pass(10 * MINUTE_MS - 2_000)
    expect((await redeem(intime.code)).status).toBe(204)
    clock.pass(2_000)
    const wrong = [
      'a'.repeat(32),
      used.code,
      expired.code,
      `${expired.code} `,
      '',
      'a',
      '__proto__',
      'ü'.repeat(99),
    ]
    for (const code of wrong) await expectNotFound(await redeem(code))
    // A late redemption uses the code up too.
    vi.restoreAllMocks()
    await expectNotFound(await redeem(expired.code))
  })

  it('[MV5] stores nothing that is usable without the code', async () => {
    const cookie = newCookie()
    const { code } = await move(cookie)
    const { id, values } = await theOneAtRest()
    const [[key, kept] = []] = values
    expect([values.length, key]).toEqual([1, 'kept'])
    const { sealed } = kept as { sealed: ArrayBuffer }
    const token = cookie.slice('hallway='.length)
    // An initialization vector of 12 bytes, the token, and a tag of 16 bytes.
    expect(sealed.byteLength).toBe(12 + 43 + 16)
    const bytes = new TextDecoder('latin1').decode(sealed)
    for (const secret of [token, token.slice(0, 8), code, code.slice(0, 8)]) {
      expect(bytes).not.toContain(secret)
      expect(id.name ?? '').not.toContain(secret)
    }
    // The object's name is not the code, and the sealed bytes differ each time.
    await expectNotFound(await redeem(id.name ?? ''))
    expect((await redeem(code)).status).toBe(204)
  })

  it('[MV6] refuses stored data that was changed', async () => {
    const { code } = await move(newCookie())
    const { id } = await theOneAtRest()
    await runInDurableObject(env.HANDOVERS.get(id), (_instance, { storage }) => {
      const kept = storage.kv.get<{ sealed: ArrayBuffer }>('kept')
      if (kept === undefined) expect.unreachable('nothing is kept')
      const bytes = new Uint8Array(kept.sealed)
      bytes[20] = (bytes[20] ?? 0) ^ 1
      storage.kv.put('kept', { ...kept, sealed: bytes.buffer })
    })
    await expectNotFound(await redeem(code))
  })

  it('[MV7] stores nothing after it was used or has expired', async () => {
    const taken = await move(newCookie())
    await redeem(taken.code)
    expect(await atRest()).toEqual((await atRest()).map(({ id }) => ({ id, values: [], alarm: null })))
    const { code, expiresAt } = await move(newCookie())
    const { id, alarm } = await theOneAtRest()
    expect(alarm).toBe(expiresAt)
    expect(await runDurableObjectAlarm(env.HANDOVERS.get(id))).toBe(true)
    expect((await atRest()).filter(({ values, alarm }) => values.length > 0 || alarm !== null)).toEqual([])
    await expectNotFound(await redeem(code))
  })

  it('[MV8] stores nothing for an unknown code', async () => {
    await redeem('c'.repeat(32))
    for (const { values, alarm } of await atRest()) expect([values, alarm]).toEqual([[], null])
  })

  it('[MV9] needs a session to transfer', async () => {
    for (const Cookie of ['', 'hallway=short', 'hallway=']) {
      const headers = { Cookie }
      const keep = vi.spyOn(DeviceTransfer.prototype, 'keep')
      const response = await request('/api/session/moves', { method: 'POST', headers })
      expect([response.status, (await response.json<{ code: string }>()).code]).toEqual([403, 'forbidden'])
      expect(keep).not.toHaveBeenCalled()
    }
  })

  it('[MV10] has a page that search engines skip, and that sends no referrer', async () => {
    const response = await request('/move')
    expect([response.status, response.headers.get('Content-Type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(response.headers.get('X-Robots-Tag')).toBe('noindex, nofollow')
    expect(response.headers.get('Referrer-Policy')).toBe('no-referrer')
    expect(response.headers.getSetCookie()).toEqual([])
  })
})

describe('signing out', () => {
  it('[SO1] deletes the session cookie, and sets no other', async () => {
    for (const Cookie of [newCookie(), 'hallway=short', '']) {
      const headers = { Cookie }
      const response = await request('/api/session', { method: 'DELETE', headers })
      expect([response.status, await response.text(), response.headers.getSetCookie()]).toEqual([
        204,
        '',
        [`hallway=; Max-Age=0; ${ATTRIBUTES}; SameSite=Lax`],
      ])
    }
  })

  it('[SO2] deletes the http cookie too when over https', async () => {
    const headers = { Cookie: `__Host-${newCookie()}; ${newCookie()}` }
    const response = await exports.default.fetch(
      new Request('https://hallway.test/api/session', { method: 'DELETE', headers }),
    )
    expect(response.headers.getSetCookie()).toEqual([
      `__Host-hallway=; Max-Age=0; ${ATTRIBUTES}; Secure; SameSite=Lax`,
      `hallway=; Max-Age=0; ${ATTRIBUTES}; SameSite=Lax`,
    ])
  })
})

describe('a malicious client', () => {
  const POSTS = ['/api/session/moves', '/api/session/moves/redeem'] as const

  it.each(['https://elsewhere.example', 'null', 'https://hallway.test', 'http://hallway.test:8080'])(
    '[OR1] cannot transfer, redeem or sign out from a page of %s',
    async (Origin) => {
      const { code } = await move(newCookie())
      const headers = { Origin, Cookie: newCookie(), 'Content-Type': 'application/json' }
      const body = JSON.stringify({ code })
      const asked = [
        ...POSTS.map((path) => request(path, { method: 'POST', headers, body })),
        request('/api/session', { method: 'DELETE', headers }),
      ]
      for (const response of await Promise.all(asked)) {
        expect([response.status, response.headers.getSetCookie()]).toEqual([403, []])
        expect(await response.json()).toMatchObject({ code: 'forbidden' })
      }
      expect((await redeem(code, { Origin: 'http://hallway.test' })).status).toBe(204)
    },
  )

  it.each(['same-site', 'cross-site', 'none'])(
    '[OR2] cannot do so with a Sec-Fetch-Site of %s instead of an Origin',
    async (site) => {
      const { code } = await move(newCookie())
      const response = await redeem(code, { 'Sec-Fetch-Site': site })
      expect([response.status, response.headers.getSetCookie()]).toEqual([403, []])
      expect((await redeem(code, { 'Sec-Fetch-Site': 'same-origin' })).status).toBe(204)
    },
  )

  // A form on another site can send a visitor here. `Lax` keeps their cookie out of that request, so a new cookie in the
  // response would replace it, and the visitor would lose their identity.
  it.each([
    ['POST', '/api/session', { Origin: 'https://elsewhere.example' }],
    ['POST', '/api/session', { Origin: 'null' }],
    ['POST', '/api/session', { 'Sec-Fetch-Site': 'cross-site' }],
    ['POST', '/api/rooms/main/links/redeem', { Origin: 'https://elsewhere.example' }],
    ['POST', '/api/nowhere', { Origin: 'https://elsewhere.example', 'Sec-Fetch-Site': 'cross-site' }],
    ['GET', '/api/rooms/main', { 'Sec-Fetch-Site': 'cross-site' }],
  ])(
    '[OR8] cannot change a visitor’s session with %s %s from another site: %j',
    async (method, path, from) => {
      const headers: Record<string, string> = { ...from, 'Content-Type': 'text/plain' }
      expect((await request(path, { method, headers })).headers.getSetCookie()).toEqual([])
    },
  )

  it.each([
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain',
    'text/plain; application/json',
    'application/json-seq',
    '',
  ])('[OR3] cannot send a body of type %j', async (type) => {
    const { code } = await move(newCookie())
    const response = await redeem(code, { 'Content-Type': type })
    expect([response.status, await response.json()]).toMatchObject([
      415,
      { code: 'bad-data', title: 'This body is not declared as JSON.' },
    ])
    expect((await redeem(code)).status).toBe(204)
  })

  it.each([
    '',
    'null',
    '"code"',
    '[]',
    '[{"code":"a"}]',
    '{}',
    '{"code":null}',
    '{"code":7}',
    '{"code":["a"]}',
    '{"code":{"a":1}}',
    '{"__proto__":{"code":"a"}}',
    '{"constructor":{"prototype":{"code":"a"}}}',
    '{"code":"a"',
    `${'['.repeat(2_000)}`,
  ])('[OR4] cannot send %j as a body', async (body) => {
    const headers = { 'Content-Type': 'application/json', Cookie: newCookie() }
    const response = await request('/api/session/moves/redeem', { method: 'POST', headers, body })
    expect([response.status, await response.json()]).toMatchObject([400, { code: 'bad-data' }])
    expect(Object.hasOwn(Object.prototype, 'code')).toBe(false)
  })

  it('[OR5] cannot make the server read more than the size limit, whatever length is claimed', async () => {
    const pad = (bytes: number) => {
      const [head, tail] = ['{"code":"x","pad":"€', '"}']
      return `${head}${'p'.repeat(bytes - new TextEncoder().encode(head + tail).length)}${tail}`
    }
    const headers = { 'Content-Type': 'application/json', Cookie: newCookie() }
    const send = (body: BodyInit) => request('/api/session/moves/redeem', { method: 'POST', headers, body })
    await expectNotFound(await send(pad(LIMITS.requestBytes)))
    const over = await send(pad(LIMITS.requestBytes + 1))
    expect([over.status, await over.json()]).toMatchObject([413, { code: 'too-large' }])
    let pulled = 0
    const endless = new ReadableStream({
      pull(controller) {
        pulled += 1
        controller.enqueue(new Uint8Array(1024).fill(32))
      },
    })
    expect((await send(endless)).status).toBe(413)
    expect(pulled).toBeLessThan(20)
  })

  it.each([
    ['GET', '/api/session'],
    ['PUT', '/api/session'],
    ['GET', '/api/session/moves'],
    ['DELETE', '/api/session/moves'],
    ['GET', '/api/session/moves/redeem'],
    ['PUT', '/api/session/moves/redeem'],
    ['POST', '/move'],
  ])('[OR6] finds no method but the right one, and gets no cookie, at %s %s', async (method, path) => {
    const response = await request(path, { method, headers: { Cookie: newCookie() } })
    expect([response.status, response.headers.getSetCookie()]).toEqual([405, []])
    expect(await response.json()).toMatchObject({ code: 'not-found' })
  })

  it('[OR7] cannot put the code into the address', async () => {
    const { code } = await move(newCookie())
    const headers = { 'Content-Type': 'application/json', Cookie: newCookie() }
    const path = `/api/session/moves/redeem?code=${code}`
    const response = await request(path, { method: 'POST', headers, body: '{}' })
    expect([response.status, response.headers.getSetCookie()]).toEqual([400, []])
    expect((await redeem(code)).status).toBe(204)
  })
})

describe('an identity without a cookie', () => {
  const session = (headers: Record<string, string>) =>
    request('/api/session', { method: 'POST', headers: { Accept: 'application/json', ...headers } })

  async function freshToken(): Promise<string> {
    const answer = await session({})
    const { token } = await answer.json<{ token: string }>()
    expect(answer.headers.getSetCookie()[0]).toContain(token)
    return token
  }

  /** Joins by these headers, and answers who that is, with the headers of the upgrade. */
  async function whoJoins(room: string, headers: Record<string, string>) {
    const answer = await upgrade(room, headers)
    if (!answer.webSocket) return expect.unreachable(`no socket: ${answer.status}`)
    const client = new RawClient(room, '', answer.webSocket)
    client.send('userJoin', { username: 'Ann', room })
    const { by } = (await client.next('joined')).data
    client.close()
    return {
      by,
      cookies: answer.headers.getSetCookie(),
      protocol: answer.headers.get('Sec-WebSocket-Protocol'),
    }
  }

  it('[ID40] is given as a token where it is asked for, and shown by headers it is the same person', async () => {
    const [room, token] = [freshRoom(), await freshToken()]
    const byCookie = await whoJoins(room, { Cookie: `hallway=${token}` })
    const byProtocol = await whoJoins(room, { 'Sec-WebSocket-Protocol': `hallway, session.${token}` })
    const byBearer = await whoJoins(room, { Authorization: `Bearer ${token}` })
    expect(byProtocol).toEqual({ by: byCookie.by, cookies: [], protocol: 'hallway' })
    expect(byBearer).toEqual({ by: byCookie.by, cookies: [], protocol: null })
  })

  it('[ID41] is not given to who brings a cookie, nor unasked, nor to another site', async () => {
    const asked = await session({ Cookie: newCookie() })
    expect([asked.status, await asked.text()]).toEqual([204, ''])
    const unasked = await session({ Accept: '*/*' })
    expect([unasked.status, await unasked.text()]).toEqual([204, ''])
    expect((await session({ Origin: 'http://elsewhere.test' })).status).toBe(403)
  })

  it('[ID42] gives way to a cookie, and what is no token is as if nothing came', async () => {
    const [room, token, cookie] = [freshRoom(), await freshToken(), newCookie()]
    const { by } = await whoJoins(room, { Cookie: cookie })
    const both = await whoJoins(room, { Cookie: cookie, Authorization: `Bearer ${token}` })
    expect(both.by).toBe(by)
    const none = await session({ Authorization: 'Bearer short' })
    expect(none.headers.getSetCookie()).toHaveLength(1)
  })
})
