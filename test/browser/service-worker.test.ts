import { createServer, request } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Page } from 'playwright-core'
import { expect, inject, it, onTestFinished } from 'vitest'
import {
  composer,
  enter,
  messages,
  messageTexts,
  say,
  sayForGood,
  shown,
} from '../../tools/page/room-page.ts'
import { useBrowser } from './browser.ts'

const browser = useBrowser()
/** After five to seven and a half minutes a page tries again that cannot reach its server. */
const MINUTES = 8
/** The browser's error for a request without a connection. */
const OFFLINE = /ERR_INTERNET_DISCONNECTED|ERR_FAILED|WebSocket/
const visitor = (baseURL = inject('baseUrl')) =>
  browser.visitor({ baseURL, serviceWorkers: 'allow', expected: OFFLINE })

/** Waits for the worker, and reloads the page through it. */
async function underWorker(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await page.reload()
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true)
}

const keptPaths = (page: Page) =>
  page.evaluate(async () => {
    const names = await caches.keys()
    const caught = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
    return caught.flat().map(({ url }) => new URL(url).pathname)
  })

it('[SW1] the service worker caches the files of the page, and nothing of a room or the API', async () => {
  const context = await visitor()
  const ann = await enter(context, 'sw1', 'Ann')
  await underWorker(ann)
  await shown(composer(ann))
  const paths = await keptPaths(ann)
  expect(paths).toContain('/')
  expect(paths.some((path) => /^\/assets\/joined-room-.*\.js$/.test(path))).toBe(true)
  expect(paths.filter((path) => /^\/(?:api|r|share|move|healthz)/.test(path))).toEqual([])
})

interface Answer {
  status: number
  type: string
  body: string
}

/** A proxy to the same server, sockets included. What `instead` has an answer for does not reach the server. */
async function proxied(instead: (path: string) => Answer | undefined) {
  const { hostname, port } = new URL(inject('baseUrl'))
  const server = createServer((asked, answer) => {
    const other = instead(asked.url ?? '')
    if (other !== undefined) {
      answer
        .writeHead(other.status, { 'Content-Type': other.type, 'Cache-Control': 'no-cache' })
        .end(other.body)
      return
    }
    const { method, url: path, headers } = asked
    const further = request({ hostname, port, method, path, headers }, (came) => {
      answer.writeHead(came.statusCode ?? 502, came.headers)
      came.pipe(answer)
    })
    further.on('error', () => answer.destroy())
    asked.pipe(further)
  })
  const lines = new Set<Duplex>()
  server.on('upgrade', ({ url: path = '', headers }, socket, head) => {
    const other = instead(path)
    if (other !== undefined) {
      socket.end(`HTTP/1.1 ${other.status} No\r\nContent-Length: 0\r\n\r\n`)
      return
    }
    lines.add(socket)
    const further = request({ hostname, port, path, headers })
    further.on('upgrade', (came, line) => {
      const fields = Object.entries(came.headers).map(([name, value]) => `${name}: ${value}\r\n`)
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${fields.join('')}\r\n`)
      line.on('error', () => socket.destroy()).pipe(socket)
      socket.on('error', () => line.destroy()).pipe(line)
    })
    further.on('error', () => socket.destroy())
    further.end(head)
  })
  await new Promise<void>((resolve) => server.listen(0, resolve))
  return {
    url: `http://localhost:${Object(server.address()).port}`,
    /** Ends every socket that is open. */
    cut() {
      for (const line of lines) line.destroy()
    },
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** A server that has another build from `begin` on. */
async function withNewBuild(): Promise<{ url: string; begin(): Promise<void>; stop(): void }> {
  let script: string | undefined
  const { url, stop } = await proxied((path) =>
    path === '/sw.js' && script !== undefined
      ? { status: 200, type: 'text/javascript', body: script }
      : undefined,
  )
  return {
    url,
    async begin() {
      const before = await (await fetch(`${inject('baseUrl')}/sw.js`)).text()
      script = before.replace(/BUILD="\w+"/, 'BUILD="newbuild"').replace(/"\/assets\/register-[^"]+",/, '')
      expect(script).toContain('newbuild')
    },
    stop,
  }
}

it('[SW2] a new version is offered and never forced, and a reload keeps the draft', async () => {
  const server = await withNewBuild()
  onTestFinished(server.stop)
  const context = await visitor(server.url)
  const ann = await enter(context, 'sw2', 'Ann')
  await underWorker(ann)
  await composer(ann).fill('half a sentence')
  await server.begin()
  await ann.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update())
  await shown(ann.getByText('A new version is ready.'))
  await expect.poll(() => composer(ann).inputValue()).toBe('half a sentence')
  await composer(ann).fill('half a sentence more')
  const reloaded = ann.waitForEvent('load')
  await ann.getByRole('button', { name: 'Reload' }).click()
  await reloaded
  await shown(composer(ann))
  await expect.poll(() => composer(ann).inputValue()).toBe('half a sentence more')
  await expect
    .poll(() => ann.evaluate(async () => (await caches.keys()).includes('hallway-shell-newbuild')))
    .toBe(true)
  expect(
    await ann.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.waiting),
  ).toBeNull()
})

it('[SW3] a loaded room can be read offline, and what is written meanwhile is sent later', async () => {
  const context = await visitor()
  const ann = await enter(context, 'sw3', 'Ann')
  await sayForGood(ann, 'before the tunnel')
  await underWorker(ann)
  await shown(messages(ann).getByText('before the tunnel'))
  await expect.poll(() => shelved(ann)).toContain('before the tunnel')
  await context.setOffline(true)
  await ann.reload()
  await shown(messages(ann).getByText('before the tunnel'))
  await shown(ann.getByText(/^(?:You’re offline|Reconnecting)/))
  await say(ann, 'in the tunnel')
  await context.setOffline(false)
  await shown(messages(ann).locator('[data-state=message]', { hasText: 'in the tunnel' }))
  await expect.poll(() => messageTexts(ann)).toEqual(['before the tunnel', 'in the tunnel'])
})

it('[SW4] a forgotten room is gone from the offline cache', async () => {
  const context = await visitor()
  const ann = await enter(context, 'sw4', 'Ann')
  await sayForGood(ann, 'a secret')
  await expect.poll(() => shelved(ann)).toContain('a secret')
  await ann.getByRole('button', { name: 'About this room' }).click()
  await ann.getByRole('button', { name: 'Leave and forget' }).click()
  await ann.getByRole('button', { name: 'Leave and forget' }).click()
  await ann.waitForURL(/\/$/)
  await expect.poll(() => shelved(ann)).toEqual([])
})

it('[SW5] where the platform answers for a server that is used up, a known visitor gets the page, which says so and asks again in minutes', async () => {
  const asked: string[] = []
  let isUsedUp = false
  // Existing files need no Worker.
  const server = await proxied((path) => {
    if (!isUsedUp || !/^\/(?:api|r)\//.test(path)) return undefined
    asked.push(path)
    return {
      status: 429,
      type: 'text/html',
      body: '<title>Please check back later</title><h2>Error 1027</h2>',
    }
  })
  onTestFinished(server.stop)
  const context = await browser.visitor({
    baseURL: server.url,
    serviceWorkers: 'allow',
    expected: /status of 429|code: 429/,
  })
  const ann = await enter(context, 'sw5', 'Ann')
  await sayForGood(ann, 'before')
  await expect.poll(() => shelved(ann)).toContain('before')
  await ann.clock.install()
  await underWorker(ann)
  await shown(messages(ann).getByText('before'))
  isUsedUp = true
  server.cut()
  await pass(ann, MINUTES)
  const words = 'This Hallway can take no messages for now. What you write is kept, and sent later.'
  await shown(ann.getByText(words))
  expect(asked.filter((path) => path.endsWith('/ws')).length).toBe(2)
  expect(asked.length).toBe(4)

  await ann.reload()
  await shown(messages(ann).getByText('before'))
  await shown(ann.getByText(words))
  await say(ann, 'meanwhile')
  asked.length = 0
  await pass(ann, MINUTES)
  expect(asked.filter((path) => path === '/api/rooms/sw5').length).toBe(1)
  expect(asked.length).toBeLessThanOrEqual(3)

  isUsedUp = false
  await pass(ann, MINUTES)
  await expect.poll(() => messageTexts(ann)).toEqual(['before', 'meanwhile'])
})

/** Lets time pass on a page, and what each five seconds begin come to its end. */
async function pass(page: Page, minutes: number): Promise<void> {
  for (let steps = 0; steps < 12 * minutes; steps++) {
    await page.clock.runFor(5_000)
    await page.evaluate(() => fetch('/sw.js').then(() => undefined))
  }
}

/** All messages stored in this browser. */
function shelved(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const there = await indexedDB.databases()
    if (!there.some(({ name }) => name === 'hallway-shelf')) return []
    return new Promise<string[]>((resolve, reject) => {
      const request = indexedDB.open('hallway-shelf')
      request.onerror = () => reject(request.error)
      request.onsuccess = () => {
        const database = request.result
        const pages = database.transaction('pages').objectStore('pages').getAll()
        pages.onsuccess = () => {
          database.close()
          resolve(pages.result.flatMap(({ messages }) => messages.map(({ body }: { body: string }) => body)))
        }
      }
    })
  })
}
