import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { globSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { buildPage } from '../../tools/build-page.mjs'
import { newCookie } from '../../tools/cookie.ts'
import { readBack } from '../../tools/crash/read-back.ts'
import { checkLog } from '../../tools/delivery/invariants.ts'
import { startDevServer } from '../../tools/dev-server.mjs'
import { node, root } from '../../tools/install.mjs'
import { RAISED_RATES } from '../../tools/workerd.mjs'
import { RawReader } from './raw-reader.ts'
import { Served } from './served.ts'

const folder = mkdtempSync(join(tmpdir(), 'hallway-serve-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const newFolder = () => mkdtempSync(join(folder, 'data-'))

async function say(port: number, room: string, body: string): Promise<void> {
  const person = await RawReader.join(port, { room, username: 'Ada' })
  person.send({ event: 'updateChat', data: { room, body, id: 'one' } })
  await person.until(() => person.told.some(({ event }) => event === 'ack'))
  person.leave()
}

async function bodiesIn(url: string, room: string): Promise<unknown[]> {
  const response = await fetch(`${url}/api/rooms/${room}/messages`, { headers: { Cookie: newCookie() } })
  const { messages } = await response.json()
  return messages.map(({ body }: { body: string }) => body)
}

/** What two servers must agree on. The tag of a file is each server's own, and a proxy compresses. */
async function answerOf(url: string, path: string, method: string) {
  const response = await fetch(url + path, { method, redirect: 'manual', headers: { Accept: 'text/html' } })
  const own =
    /^(date|etag|connection|keep-alive|transfer-encoding|content-length|content-encoding|vary|x-request-id|set-cookie|cf-.*)$/
  const headers = Object.fromEntries([...response.headers].filter(([name]) => !own.test(name)))
  return { status: response.status, headers, body: await response.text() }
}

it('[SV1] npm run serve answers each address of the page as Cloudflare does, and opens the rooms of npm start', async () => {
  expect(buildPage()).toBe(true)
  const dev = await startDevServer([], { isBuilt: true })
  const server = await Served.start({ data: newFolder() })
  const files = globSync('**/*.*', { cwd: `${root}dist/client` }).filter((name) => name !== '_headers')
  expect(files.length).toBeGreaterThan(40)
  const paths = files.map((name) => `/${name}`)
  const more = [
    '/',
    '/?a=b',
    '/index.html?a=b',
    '/index',
    '/r/main',
    '/r/Main',
    '/nothing',
    '/assets/none.js',
  ]
  for (const path of [...paths, ...more, '/_headers', '/healthz']) {
    for (const method of ['GET', 'HEAD'])
      expect([path, method, await answerOf(server.url, path, method)]).toEqual([
        path,
        method,
        await answerOf(dev.url, path, method),
      ])
  }
  for (const path of ['/', '/sw.js', '/r/main'])
    expect([path, (await answerOf(server.url, path, 'POST')).status]).toEqual([
      path,
      (await answerOf(dev.url, path, 'POST')).status,
    ])
  const tag = (await fetch(`${server.url}/favicon.svg`)).headers.get('ETag') ?? ''
  const again = await fetch(`${server.url}/favicon.svg`, { headers: { 'If-None-Match': tag } })
  expect([tag, again.status]).toEqual([expect.stringMatching(/^"\w+"$/), 304])
  await server.stop()

  await say(Number(new URL(dev.url).port), 'moved', 'written under npm start')
  const whileUsed = await Served.start({ data: dev.rooms })
  expect([whileUsed.isUp, whileUsed.output]).toEqual([false, expect.stringContaining('Another server uses')])
  await dev.stop()
  const next = await Served.start({ data: dev.rooms })
  expect(await bodiesIn(next.url, 'moved')).toEqual(['written under npm start'])
  await next.stop()
})

it('[SV2] npm run serve refuses data in use, even by a workerd whose launcher was killed, and then opens it', async () => {
  const data = newFolder()
  const first = await Served.start({ data })
  await say(first.port, 'kept', 'before')
  const refusal = expect.stringContaining(`Another server uses ${data}`)
  const second = await Served.start({ data })
  expect([second.isUp, await second.ended, second.output]).toEqual([false, 1, refusal])
  await first.stop('SIGKILL')
  const third = await Served.start({ data })
  expect([third.isUp, await third.ended, third.output]).toEqual([false, 1, refusal])
  process.kill(first.workerd, 'SIGKILL')
  const last = await Served.start({ data })
  expect(await bodiesIn(last.url, 'kept')).toEqual(['before'])
  await last.stop()
})

it('[SV3] when it is told to stop, everyone is closed with 1012, nothing acked is lost, and no new socket is opened', async () => {
  const data = newFolder()
  const server = await Served.start({ data })
  const people = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      RawReader.join(server.port, { room: `stop-${n % 4}`, username: `Person ${n}` }),
    ),
  )
  for (const [n, person] of people.entries())
    person.send({ event: 'updateChat', data: { room: `stop-${n % 4}`, body: `of ${n}`, id: `m${n}` } })
  // A busy room may send the message itself in the place of the ack.
  const isAcked = (one: RawReader) =>
    one.told.filter(({ event }) => event === 'ack' || event === 'updateChat').length === 5
  await Promise.all(people.map((one) => one.until(() => isAcked(one))))
  await server.stop()
  await Promise.all(people.map((one) => one.until(() => one.ended !== undefined)))
  expect(new Set(people.map(({ ended }) => ended?.code))).toEqual(new Set([1012]))
  const again = await Served.start({ data, port: server.port })
  for (let n = 0; n < 4; n++)
    expect(new Set(await bodiesIn(again.url, `stop-${n}`))).toEqual(
      new Set([0, 4, 8, 12, 16].map((more) => `of ${n + more}`)),
    )
  await again.stop()
})

const PROXIED = { Host: 'chat.example', 'X-Forwarded-Proto': 'https', 'X-Forwarded-For': '192.0.2.9' }

/** The head of the answer to a request as a proxy passes it on. Node's fetch would not let it name the host. */
async function pass(url: string, headers: Record<string, string>, method = 'POST'): Promise<string> {
  const sent = request(url, { method, headers, agent: false }).end()
  const [{ statusCode, rawHeaders }] = await once(sent, 'response')
  const lines = Array.from({ length: rawHeaders.length / 2 }, (_, n) => rawHeaders.slice(2 * n, 2 * n + 2))
  return `${statusCode}\n${lines.map((line) => line.join(': ')).join('\n')}\n`
}

it('[SV4] behind a proxy its scheme and addresses are believed, and without one nobody is', async () => {
  const env = { HOSTS: 'chat.example', ROOMS_A_DAY: '2', ADMIN_TOKEN_FILE: join(folder, 'token') }
  writeFileSync(env.ADMIN_TOKEN_FILE, 'a secret of more than 24 characters\n')
  const server = await Served.start({ data: newFolder(), flags: ['--proxy'], env })
  const made = await pass(`${server.url}/api/rooms`, { ...PROXIED, Origin: 'https://chat.example' })
  expect(made).toMatch(/^201/)
  expect(made).toMatch(/\nSet-Cookie: __Host-hallway=\S+; .*Secure/)
  expect(made).toContain('\nLocation: https://chat.example/r/')
  expect(made).toContain('\nStrict-Transport-Security: ')
  expect(await pass(`${server.url}/api/rooms`, { ...PROXIED, Origin: 'http://chat.example' })).toMatch(/^403/)
  const forged = { ...PROXIED, 'X-Forwarded-For': '198.51.100.7, 192.0.2.9' }
  expect(await pass(`${server.url}/api/rooms`, forged)).toMatch(/^201/)
  expect(await pass(`${server.url}/api/rooms`, forged)).toMatch(/^429/)
  expect(await pass(`${server.url}/api/rooms`, { ...PROXIED, 'X-Forwarded-For': '192.0.2.10' })).toMatch(
    /^201/,
  )
  for (const path of ['/', '/favicon.svg', '/api/rooms/main'])
    expect(await pass(server.url + path, { ...PROXIED, Host: 'evil.example' }, 'GET')).toMatch(/^421/)
  const authorization = { Authorization: 'Bearer a secret of more than 24 characters' }
  expect(await pass(`${server.url}/api/admin/bans`, { ...PROXIED, ...authorization }, 'GET')).toMatch(/^200/)
  await server.stop()

  const direct = await Served.start({ data: newFolder(), env })
  const outcomes = await Promise.all([1, 2, 3].map(() => pass(`${direct.url}/api/rooms`, PROXIED)))
  for (const outcome of outcomes) {
    expect(outcome).toMatch(/^201/)
    expect(outcome).toMatch(/\nSet-Cookie: hallway=/)
  }
  await direct.stop()
})

it('[SV5] one network may call the API of npm run serve so often in a minute', async () => {
  const server = await Served.start({
    data: newFolder(),
    flags: ['--proxy'],
    env: { API_CALLS_A_MINUTE: '3' },
  })
  const from = async (address: string) =>
    (await pass(`${server.url}/api/session`, { 'X-Forwarded-For': address })).slice(0, 3)
  const statuses = []
  for (let n = 0; n < 4; n++) statuses.push(await from('192.0.2.9'))
  expect(statuses).toEqual(['204', '204', '204', '429'])
  expect(await from('192.0.2.10')).toBe('204')
  await server.stop()
})

it('[SV6] a backup taken while people talk opens elsewhere, with everything acked before it began', async () => {
  const data = newFolder()
  const server = await Served.start({ data, env: RAISED_RATES })
  const room = 'saved'
  const person = await RawReader.join(server.port, { room, username: 'Ada' })
  const acked = () => person.told.filter(({ event }) => event === 'ack').length
  let sent = 0
  const talk = setInterval(() => {
    person.send({ event: 'updateChat', data: { room, body: `message ${sent}`, id: `m${sent}` } })
    sent += 1
  }, 2)
  await person.until(() => acked() >= 100)
  const before = acked()
  const to = join(folder, 'backup')
  const backup = spawn(node, [`${root}scripts/backup.mjs`, '--data', data, '--to', to])
  expect(await new Promise((resolve) => backup.once('exit', resolve))).toBe(0)
  clearInterval(talk)
  const during = acked() - before
  await server.crash()
  const elsewhere = await Served.start({ data: to })
  const { log } = await readBack(elsewhere.url, room)
  checkLog(log)
  expect(log.length).toBeGreaterThanOrEqual(before)
  expect(log.map(({ data }) => ('body' in data ? data.body : ''))).toEqual(
    Array.from({ length: log.length }, (_, n) => `message ${n}`),
  )
  expect(during).toBeGreaterThan(0)
  await elsewhere.stop()
})

it('[SV7] no storage is opened by a call on a room that never began', async () => {
  const data = newFolder()
  const token = 'a secret of more than 24 characters'
  const server = await Served.start({ data, env: { ADMIN_TOKEN: token } })
  const files = () => globSync('hallway-Room/*.sqlite', { cwd: data, exclude: ['**/metadata.sqlite'] }).length
  const ask = async (path: string, method = 'GET') => {
    const headers = { Authorization: `Bearer ${token}`, Cookie: newCookie() }
    return (await fetch(server.url + path, { method, headers })).status
  }
  for (let n = 0; n < 40; n++) {
    const room = `/api/rooms/never-${n}`
    const calls = ['', '/messages', '/usage', '/people', '/audit', '/links'].map((path) => ask(room + path))
    expect(await Promise.all(calls)).toEqual([200, 200, 403, 403, 403, 403])
    expect(await ask(room, 'DELETE')).toBe(403)
    expect(await ask(`/api/admin/rooms/never-${n}/export`)).toBe(404)
  }
  expect(files()).toBe(0)
  await say(server.port, 'never-1', 'now it has')
  expect(files()).toBe(1)
  expect(await bodiesIn(server.url, 'never-1')).toEqual(['now it has'])
  expect(await ask('/api/admin/rooms/never-1', 'DELETE')).toBe(204)
  await server.stop()
  const again = await Served.start({ data })
  expect(files()).toBe(0)
  await again.stop()
})

it('[SV8] quotas of many networks leave one file, and what they hold outlives a restart', async () => {
  const data = newFolder()
  const env = { ROOMS_A_DAY: '2', NETWORK_UNITS_A_DAY: '3000' }
  const first = await Served.start({ data, flags: ['--proxy'], env })
  const make = async (server: Served, address: string) =>
    (await pass(`${server.url}/api/rooms`, { 'X-Forwarded-For': address })).slice(0, 3)
  for (let n = 0; n < 20; n++) expect(await make(first, `192.0.2.${n}`)).toBe('201')
  expect([await make(first, '192.0.2.7'), await make(first, '192.0.2.7')]).toEqual(['201', '429'])
  await first.crash()
  const again = await Served.start({ data, flags: ['--proxy'], env })
  expect([
    await make(again, '192.0.2.7'),
    await make(again, '192.0.2.8'),
    await make(again, '192.0.2.30'),
  ]).toEqual(['429', '201', '201'])
  expect(globSync('*Quota*/*.sqlite', { cwd: data, exclude: ['**/metadata.sqlite'] })).toHaveLength(1)
  expect(again.output).not.toContain('budget not asked')
  await again.stop()
})

it('[SV11] the program at the head of docs/protocol.md says its line each time it runs', async () => {
  const server = await Served.start({ data: newFolder() })
  const [, program = ''] = /```js\n([\s\S]*?)```/.exec(readFileSync(`${root}docs/protocol.md`, 'utf8')) ?? []
  const cwd = newFolder()
  writeFileSync(join(cwd, 'hello.mjs'), program.replace('http://localhost:8787', server.url))
  const run = () => spawnSync(node, ['hello.mjs'], { cwd, encoding: 'utf8', timeout: 20_000 })
  for (const { status, stdout } of [run(), run()])
    expect([status, stdout]).toEqual([0, expect.stringMatching(/^joined [\s\S]*\nack /)])
  expect(await bodiesIn(server.url, 'main')).toEqual(['Hello from a script', 'Hello from a script'])
  await server.stop()
})

it('[SV12] sockets that broke the protocol are not waited for when it stops, and everyone else is still told', async () => {
  const data = newFolder()
  const server = await Served.start({ data })
  const rooms = Array.from({ length: 5 }, (_, n) => `broken-${n}`)
  const people = await Promise.all(
    rooms.map((room) => RawReader.join(server.port, { room, username: 'Ada' })),
  )
  for (const room of rooms) {
    const broken = RawReader.open(server.port, { room })
    broken.breakProtocol()
    await broken.until(() => broken.ended !== undefined)
  }
  const sent = request({ socketPath: join(data, 'control.sock'), method: 'POST', path: '/stop' }).end()
  const [reply] = await once(sent, 'response')
  expect(JSON.parse((await reply.toArray()).join(''))).toEqual({ open: 0 })
  await Promise.all(people.map((one) => one.until(() => one.ended !== undefined)))
  expect(people.map(({ ended }) => ended?.code)).toEqual(rooms.map(() => 1012))
  await server.stop()
})

it('[SV13] no other user of the machine can read the rooms or their backup', async () => {
  const data = join(newFolder(), 'rooms')
  const to = join(newFolder(), 'backup')
  const server = await Served.start({ data })
  await say(server.port, 'secret', 'for this room alone')
  expect(spawnSync(node, [`${root}scripts/backup.mjs`, '--data', data, '--to', to]).status).toBe(0)
  for (const made of [data, to]) {
    const paths = [made, ...globSync('**/*', { cwd: made }).map((path) => join(made, path))]
    expect(paths.length).toBeGreaterThan(4)
    expect(paths.filter((path) => (statSync(path).mode & 0o077) !== 0)).toEqual([])
  }
  await server.stop()
})
