/**
 * Caches the page's files, so that it opens without a connection; never anything of a room or of the API. The build
 * fills in `PARTS`: the files needed to read a room.
 */
declare const PARTS: readonly string[]
declare const BUILD: string

const PREFIX = 'hallway-shell-'
const NAME = PREFIX + BUILD
const SHELL = '/'
const TAKE_OVER = 'take-over'

/** The DOM library lacks a worker's own types; these are the ones used here. */
interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface Asking extends Lasting {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}
interface Clicked extends Lasting {
  readonly notification: Notification
}
interface Tab {
  readonly url: string
  focus(): Promise<unknown>
  postMessage(data: unknown): void
}
interface Itself {
  skipWaiting(): Promise<void>
  clients: {
    matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<readonly Tab[]>
    openWindow(path: string): Promise<unknown>
  }
  addEventListener(type: 'install' | 'activate', listen: (event: Lasting) => void): void
  addEventListener(type: 'fetch', listen: (event: Asking) => void): void
  addEventListener(type: 'message', listen: (event: MessageEvent) => void): void
  addEventListener(type: 'notificationclick', listen: (event: Clicked) => void): void
}
const worker = globalThis as unknown as Itself

worker.addEventListener('install', (event) => {
  event.waitUntil(keepParts())
})

worker.addEventListener('activate', (event) => {
  event.waitUntil(dropOld())
})

// The person decides when: until then open pages keep the files they started with. A page loaded since has the new
// files already.
worker.addEventListener('message', ({ data, source }) => {
  const { keep } = Object(data)
  if (Array.isArray(keep)) return void Promise.allSettled(keep.map(keepPart))
  if (data === TAKE_OVER || PARTS.includes(String(Object(data).part))) worker.skipWaiting()
  else source?.postMessage('waits')
})

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin) return
  if (pathname.startsWith('/assets/')) event.respondWith(kept(request))
  // This address contains the shared text, which no server should see.
  else if (pathname === '/share') event.respondWith(shell(request))
  else if (request.mode === 'navigate' ? isPage(pathname) : PARTS.includes(pathname)) {
    event.respondWith(newest(request))
  }
})

worker.addEventListener('notificationclick', (event) => {
  event.notification.close()
  const { path } = Object(event.notification.data)
  if (typeof path === 'string' && path.startsWith('/r/')) event.waitUntil(open(path))
})

function isPage(path: string): boolean {
  return path === SHELL || path === '/move' || path.startsWith('/r/')
}

async function keepParts(): Promise<void> {
  const cache = await caches.open(NAME)
  await cache.addAll([SHELL, ...PARTS].map((path) => new Request(path, { cache: 'no-cache' })))
}

/** A tab may still use the files of the version before. */
async function dropOld(): Promise<void> {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== NAME)
  await Promise.all(names.slice(0, -1).map((name) => caches.delete(name)))
}

/** A file under /assets/ has a hash of its content in its name, so it never changes. */
async function kept(request: Request): Promise<Response> {
  const known = await caches.match(request)
  if (known) return known
  const answer = await fetch(request)
  if (answer.ok && !answer.headers.get('Cache-Control')?.includes('no-store')) {
    const copy = answer.clone()
    const cache = await caches.open(NAME)
    await cache.put(request, copy).catch(() => {})
  }
  return answer
}

async function keepPart(path: unknown): Promise<void> {
  if (typeof path === 'string' && path.startsWith('/assets/')) await kept(new Request(path))
}

async function newest(request: Request): Promise<Response> {
  const known = () => partFor(request.mode === 'navigate' ? SHELL : request)
  try {
    const answer = await fetch(request)
    // In place of a server that is used up or down, something else answers. The page says what is the case.
    return answer.status < 429 ? answer : ((await known()) ?? answer)
  } catch (error) {
    const part = await known()
    if (part) return part
    throw error
  }
}

async function shell(request: Request): Promise<Response> {
  return (await partFor(SHELL)) ?? fetch(request)
}

async function partFor(request: Request | string): Promise<Response | undefined> {
  return (await caches.open(NAME)).match(request)
}

async function open(path: string): Promise<void> {
  const [tab] = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true })
  if (tab === undefined) await worker.clients.openWindow(path)
  else {
    tab.postMessage({ open: path })
    await tab.focus()
  }
}

export {}
