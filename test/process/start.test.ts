import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { type IncomingMessage, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freePort } from '../../tools/free-port.mjs'
import { node, root } from '../../tools/install.mjs'

const START_MS = 120_000

let port: number
let stop: () => Promise<void>

beforeAll(async () => {
  const rooms = mkdtempSync(join(tmpdir(), 'hallway-start-'))
  port = await freePort()
  const places = ['--port', `${port}`, '--inspector-port', '0', '--persist-to', rooms]
  const settings = ['--var', 'ROOMS_A_DAY:2', '--var', 'HOSTS:chat.lan']
  const server = spawn(node, [`${root}scripts/start.mjs`, ...places, ...settings], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise((resolve) => server.once('exit', resolve))
  stop = async () => {
    server.kill('SIGTERM')
    await ended
    rmSync(rooms, { recursive: true, force: true })
  }
  let said = ''
  await new Promise<void>((resolve, reject) => {
    server.stdout.on('data', (chunk) => {
      said += chunk
      if (said.includes('Hallway runs at')) resolve()
    })
    ended.then(() => reject(new Error(`npm start ended: ${said}`)))
  })
}, START_MS)

afterAll(() => stop())

interface Ask {
  method?: string
  path: string
  host?: string
  headers?: Record<string, string>
}

/** A request as a browser sends it to a name that points to this machine. */
function ask({ method = 'GET', path, host = 'localhost', headers = {} }: Ask): Promise<[number, string]> {
  return new Promise((resolve, reject) => {
    const sent = request({
      host: 'localhost',
      port,
      method,
      // A browser uses a connection for one host only.
      agent: false,
      path,
      headers: { Host: `${host}:${port}`, ...headers },
    })
    const take = async (answer: IncomingMessage) => {
      let text = ''
      for await (const chunk of answer) text += chunk
      resolve([answer.statusCode ?? 0, text])
    }
    sent.once('response', take)
    sent.once('upgrade', (answer, socket) => {
      socket.destroy()
      resolve([answer.statusCode ?? 0, ''])
    })
    sent.once('error', reject)
    sent.end()
  })
}

const UPGRADE = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
}

it.each([
  ['/', {}],
  ['/favicon.svg', {}],
  ['/sw.js', {}],
  ['/r/main', {}],
  ['/healthz', {}],
  ['/api/rooms/main', {}],
  ['/api/rooms/main/ws', UPGRADE],
])(
  '[NS1] npm start answers %s under localhost, an address and a configured name, and under no other',
  async (path, headers) => {
    const status = 'Upgrade' in headers ? 101 : 200
    for (const host of ['localhost', '127.0.0.1', '[::1]', 'chat.lan'])
      expect([host, (await ask({ path, host, headers }))[0]]).toEqual([host, status])
    for (const host of ['evil.example', 'localhost.evil.example', 'a.chat.lan']) {
      const Origin = `http://${host}:${port}`
      // wrangler takes this header for the host, and any page may send it.
      const forged = { 'MF-Original-URL': `http://localhost:${port}${path}` }
      const others: Record<string, string>[] = [{}, { Origin }, forged]
      for (const more of others)
        await expect(ask({ path, host, headers: { ...headers, ...more } })).rejects.toThrow('socket hang up')
    }
  },
)

it('[NS2] npm start trusts no address that a caller claims', async () => {
  const statuses = []
  for (let n = 0; n < 4; n++) {
    const headers = { 'CF-Connecting-IP': '192.0.2.9', 'X-Forwarded-For': '192.0.2.9' }
    statuses.push((await ask({ method: 'POST', path: '/api/rooms', headers }))[0])
  }
  // A quota of two a day would have been used up.
  expect(statuses).toEqual([201, 201, 201, 201])
})
