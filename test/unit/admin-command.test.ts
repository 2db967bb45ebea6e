import { spawn } from 'node:child_process'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { node, root } from '../../tools/install.mjs'

const SECRET = 'a-secret-of-an-operator-for-tests'

interface Asked {
  call: string
  secret: string | undefined
  body: string
}

let asked: Asked[]
let answer: { status: number; text: string }
const server = createServer(async (request, response) => {
  const call = `${request.method} ${request.url}`
  asked.push({ call, secret: request.headers.authorization, body: await bodyOf(request) })
  response.writeHead(answer.status).end(answer.text)
})
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
afterAll(() => new Promise((resolve) => server.close(resolve)))
beforeEach(() => {
  asked = []
  answer = { status: 200, text: '{}' }
})

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += chunk
  return text
}

/** Runs the command in a process of its own, as an operator does. */
async function admin(args: string[], { secret = SECRET, url = here() } = {}) {
  const env = { PATH: process.env.PATH ?? '', ...(secret === '' ? {} : { HALLWAY_ADMIN_TOKEN: secret }) }
  const child = spawn(node, [`${root}scripts/admin.mjs`, ...args, '--url', url], { env })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  child.stderr.on('data', (chunk) => {
    err += chunk
  })
  const code = await new Promise((resolve) => child.on('close', resolve))
  return { out, err, code }
}

const here = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

it.each([
  [['rooms'], 'GET /api/admin/rooms', ''],
  [
    ['rooms', '--by', 'size', '--limit', '5', '--after', '9:tea'],
    'GET /api/admin/rooms?by=size&limit=5&after=9%3Atea',
    '',
  ],
  [['purge', 'tea', '--yes'], 'DELETE /api/admin/rooms/tea', ''],
  [['owner', 'tea', 'abc'], 'PUT /api/admin/rooms/tea/owner', '{"by":"abc"}'],
  [['bans'], 'GET /api/admin/bans', ''],
  [['ban', '2001:db8::/64'], 'PUT /api/admin/bans/2001%3Adb8%3A%3A%2F64', '{}'],
  [['ban', '192.0.2.1', '--for', '12h'], 'PUT /api/admin/bans/192.0.2.1', '{"ms":43200000}'],
  [
    ['ban-person', 'tea', 'abc', '--for', '7d'],
    'PUT /api/admin/rooms/tea/people/abc/ban',
    '{"ms":604800000}',
  ],
  [['unban-person', 'tea', 'abc'], 'DELETE /api/admin/rooms/tea/people/abc/ban', ''],
  [['reports'], 'GET /api/admin/reports', ''],
  [['reports', 'tea'], 'GET /api/admin/rooms/tea/reports', ''],
  [['unban', '192.0.2.1'], 'DELETE /api/admin/bans/192.0.2.1', ''],
])('[OC1] %j sends one request, with the secret from the environment', async (args, call, body) => {
  answer.text = args[0] === 'purge' ? '' : '{"rooms":[],"bans":[],"network":"n"}'
  expect(await admin(args)).toMatchObject({ err: '', code: 0 })
  expect(asked).toEqual([{ call, secret: `Bearer ${SECRET}`, body }])
})

it('[OC2] lists rooms as a table for people, and as JSON for programs', async () => {
  const room = { room: 'tea', madeAt: 0, activeAt: 3_600_000, messages: 7, storedBytes: 1_234_567, people: 3 }
  answer.text = JSON.stringify({ rooms: [{ ...room, access: 'open' }], after: '9:tea' })
  expect((await admin(['rooms'])).out).toBe(
    [
      'room  stored  messages  people  access  last used             created',
      'tea   1.2 MB  7         3       open    1970-01-01 01:00 UTC  1970-01-01 00:00 UTC',
      'For more, add: --after 9:tea',
      '',
    ].join('\n'),
  )
  expect((await admin(['rooms', '--json'])).out).toBe(`${answer.text}\n`)
})

it('[OC6] lists reports with the messages, and nothing of them can move the cursor of a terminal', async () => {
  const report = { time: 0, ref: 7, about: 'a1', aboutName: 'Ann', by: 'b1', username: 'Ben', count: 2 }
  answer.text = JSON.stringify({ reports: [{ ...report, reason: 'spam', body: 'x\u001b[2J\n\u009b2Jy' }] })
  expect((await admin(['reports', 'tea'])).out).toBe(
    [
      'reported              message  of      by      people  reason  text',
      '1970-01-01 00:00 UTC  #7       Ann a1  Ben b1  2       spam    x [2J 2Jy',
      '',
    ].join('\n'),
  )
})

it('[OC7] shows a day as shares of the free plan’s, and the rooms that used the most of it', async () => {
  const use = { requests: 1, duration: 2, rowsRead: 3, rowsWritten: 4_000, ofFreePlan: 0.04 }
  answer.text = JSON.stringify({ day: '2026-12-01', used: use, rooms: [{ room: 'tea', ...use }] })
  expect((await admin(['day'])).out).toBe(
    [
      '2026-12-01, as far as rooms have told: each at most once an hour',
      'room          of a free day  rows written  rows read  requests  GB-s',
      'all together  4.0 %          4000          3          1         2',
      'tea           4.0 %          4000          3          1         2',
      '',
    ].join('\n'),
  )
  expect(asked).toMatchObject([{ call: 'GET /api/admin/day' }])
})

it('[OC3] writes an export unchanged, and fails if it is incomplete', async () => {
  const lines = [
    '{"kind":"room","seq":2,"floor":0}',
    '{"event":"a","data":{"seq":1}}',
    '{"event":"b","data":{"seq":2}}',
  ]
  answer.text = `${lines.join('\n')}\n`
  expect(await admin(['export', 'tea'])).toEqual({ out: answer.text, err: '', code: 0 })
  for (const text of [`${lines.slice(0, 2).join('\n')}\n`, answer.text.slice(0, -4), '']) {
    answer.text = text
    expect(await admin(['export', 'tea'])).toMatchObject({
      out: text,
      err: expect.stringMatching(/export is incomplete/),
      code: 1,
    })
  }
})

it.each([
  [[], {}, /npm run admin/],
  [['nonsense'], {}, /There is no command nonsense/],
  [['constructor'], {}, /There is no command constructor/],
  [['purge'], {}, /purge takes <room>/],
  [['reports', 'tea', 'pot'], {}, /reports takes \[<room>\]/],
  [['purge', 'tea', 'pot'], {}, /purge takes <room>/],
  [['purge', 'tea'], {}, /purge tea cannot be undone.*add --yes/],
  [['bans', '--token', 'x'], {}, /Unknown option/],
  [['ban', '192.0.2.1', '--for', 'ever'], {}, /minutes, hours or days/],
  [['bans'], { secret: '' }, /Set HALLWAY_ADMIN_TOKEN/],
  [['bans'], { url: 'nowhere' }, /Add --url/],
  [['bans'], { url: 'http://hallway.test' }, /only sent over https/],
])('[OC4] %j with %j prints the mistake, and sends nothing', async (args, more, message) => {
  expect(await admin(args, more)).toMatchObject({ out: '', err: expect.stringMatching(message), code: 1 })
  expect(asked).toEqual([])
})

it.each([
  [404, '{"code":"not-found","title":"x"}', /secret is wrong/],
  [404, '{"code":"not-found","title":"x","detail":"by"}', /^404 not-found: by/],
  [400, '{"code":"bad-data","title":"x","detail":"network"}', /^400 bad-data: network/],
  [500, 'oh no', /^500 : no reason was given/],
])('[OC5] prints why the server refused (%i, %j)', async (status, text, message) => {
  answer = { status, text }
  expect(await admin(['bans'])).toMatchObject({ out: '', err: expect.stringMatching(message), code: 1 })
})
