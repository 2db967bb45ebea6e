import { signal } from '@preact/signals'
import { loadWords } from '../i18n/language.ts'
import { scriptUrl } from '../lib/script-url.ts'
import { parseRoute } from '../routing/route.ts'
import { go } from '../routing/router.ts'

const WORKER = '/sw.js'
const LOOK_EVERY_MS = 60 * 60_000

/** Loads the new version that waits; undefined while none does. */
export const applyUpdate = signal<(() => void) | undefined>(undefined)

export async function register(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  const { serviceWorker } = navigator
  const registration = await serviceWorker.register(scriptUrl('hallway-shell', WORKER), {
    updateViaCache: 'none',
  })

  // The files this page loaded before the worker was there, its language's strings among them.
  serviceWorker.ready.then(({ active }) => active?.postMessage({ keep: loadedParts() }))

  const look = () => {
    const worker = registration.waiting
    // The first worker has no predecessor to wait for.
    if (worker === null || serviceWorker.controller === null) return
    worker.postMessage({ part: new URL(import.meta.url).pathname })
  }
  const tell = () => {
    applyUpdate.value ??= () => {
      serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
      registration.waiting?.postMessage('take-over')
    }
    loadWords('notifications')
      .then(() => import('./update-line.tsx'))
      .then(({ showUpdateLine }) => showUpdateLine())
      .catch(() => {})
  }
  const watch = () => registration.installing?.addEventListener('statechange', look)
  let looked = Date.now()
  document.addEventListener('visibilitychange', () => {
    if (document.hidden || Date.now() - looked < LOOK_EVERY_MS) return
    looked = Date.now()
    registration.update().catch(() => {})
  })

  serviceWorker.addEventListener('message', ({ data }) => {
    if (data === 'waits') return tell()
    // A notification shown by the worker was clicked.
    const path: unknown = Object(data).open
    if (typeof path === 'string' && parseRoute(path.split('#', 1).join()).kind === 'room') {
      // In the open room only the fragment changes, and the page hears of that.
      if (location.pathname === path.split('#', 1).join()) location.assign(path)
      else go(path)
    }
  })
  serviceWorker.startMessages()
  look()
  watch()
  registration.addEventListener('updatefound', watch)
}

function loadedParts(): string[] {
  return performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name))
    .filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith('/assets/'))
    .map(({ pathname }) => pathname)
}
