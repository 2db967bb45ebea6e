import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import worker from '../../src/worker.ts'
import { freshRoom, newCookie } from './raw-client.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

function ask(url: string, HOSTS: string, init: RequestInit = {}) {
  return worker.fetch(new Request(url, init), { ...env, ASSETS: env.ASSETS, HOSTS })
}

const PATHS: [string, RequestInit][] = [
  ['/', {}],
  ['/healthz', {}],
  ['/r/main', { headers: { Accept: 'text/html' } }],
  ['/assets/index.js', {}],
  ['/api/rooms/main', { headers: { Cookie: newCookie() } }],
  ['/api/rooms/main/ws', { headers: { Upgrade: 'websocket' } }],
  ['/api/rooms/main/ws', { headers: { Upgrade: 'websocket', Origin: 'http://evil.example:8787' } }],
  ['/api/session', { method: 'POST', headers: { Origin: 'http://evil.example:8787' } }],
  ['/api/admin/bans', {}],
]

describe('where an operator names the hosts', () => {
  it.each(PATHS)('[OH1] nothing answers under another host: %s %j', async (path, init) => {
    const files = vi.spyOn(env.ASSETS, 'fetch')
    const response = await ask(`http://evil.example:8787${path}`, 'localhost', init)
    expect([response.status, await response.text(), [...response.headers]]).toEqual([421, '', []])
    expect([response.webSocket, files.mock.calls]).toEqual([null, []])
  })

  it.each([
    ['localhost', 'localhost', 200],
    ['LOCALHOST', 'localhost', 200],
    ['localhost', 'chat.lan', 200],
    ['127.0.0.1', 'localhost', 200],
    ['192.168.0.7', 'localhost', 200],
    ['[::1]', 'localhost', 200],
    ['chat.lan', 'other.lan, Chat.Lan', 200],
    ['chat.lan', 'localhost', 421],
    ['evil.chat.lan', 'chat.lan', 421],
    ['localhost.evil.example', 'localhost', 421],
    ['127.0.0.1.evil.example', 'localhost', 421],
    ['evil.example', ' , ', 421],
    ['evil.example', '', 200],
  ])('[OH2] a request to %s, with %j as named hosts, is answered with %i', async (host, hosts, status) => {
    expect((await ask(`http://${host}:8787/healthz`, hosts)).status).toBe(status)
    const upgrade = { headers: { Upgrade: 'websocket', Cookie: newCookie() } }
    const socket = await ask(`http://${host}:8787/api/rooms/${freshRoom()}/ws`, hosts, upgrade)
    expect(socket.status).toBe(status === 200 ? 101 : status)
    socket.webSocket?.accept()
    socket.webSocket?.close()
  })
})
