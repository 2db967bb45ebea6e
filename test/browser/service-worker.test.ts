import { createServer, request } from 'node:http'
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

/** A proxy to the same server, sockets included. It replaces only the service worker, with another build. */
async function withNewBuild(): Promise<{ url: string; begin(): Promise<void>; stop(): void }> {
  const { hostname, port } = new URL(inject('baseUrl'))
  let script: string | undefined
  const server = createServer((asked, answer) => {
    if (asked.url === '/sw.js' && script !== undefined) {
      answer.writeHead(200, { 'Content-Type': 'text/javascript', 'Cache-Control': 'no-cache' }).end(script)
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
  server.on('upgrade', ({ url: path, headers }, socket, head) => {
    const further = request({ hostname, port, path, headers })
    further.on('upgrade', (came, line) => {
      const lines = Object.entries(came.headers).map(([name, value]) => `${name}: ${value}\r\n`)
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('')}\r\n`)
      line.on('error', () => socket.destroy()).pipe(socket)
      socket.on('error', () => line.destroy()).pipe(line)
    })
    further.on('error', () => socket.destroy())
    further.end(head)
  })
  await new Promise<void>((resolve) => server.listen(0, resolve))
  return {
    url: `http://localhost:${Object(server.address()).port}`,
    async begin() {
      const before = await (await fetch(`${inject('baseUrl')}/sw.js`)).text()
      script = before.replace(/BUILD="\w+"/, 'BUILD="newbuild"').replace(/"\/assets\/register-[^"]+",/, '')
      expect(script).toContain('newbuild')
    },
    stop() {
      server.closeAllConnections()
      server.close()
    },
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
