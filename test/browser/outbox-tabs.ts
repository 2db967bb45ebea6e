import type { BrowserContext, Page } from 'playwright-core'
import { build } from 'vite'
import type { OutboxStore } from '../../client/session/index.ts'
import { root } from '../../tools/install.mjs'

declare global {
  /** In each tab: the store under test, and a way to call a function of the test. */
  var outbox: OutboxStore
  function callBack(number: number): Promise<void>
}

/** No server listens here. The tabs only need a secure origin with an empty page. */
const SECURE = 'http://outbox.localhost/'

/** A tab of a real browser with the page's outbox, and that outbox as the test calls it. */
export interface OutboxTab {
  page: Page
  outbox: OutboxStore
}

/** Prepares a browser whose tabs have `client/storage/outbox-indexeddb.ts`. The returned function opens one. */
export async function outboxTabs(context: BrowserContext): Promise<(url?: string) => Promise<OutboxTab>> {
  const callBacks: (() => void | Promise<void>)[] = []
  await context.exposeBinding('callBack', (_, number: number) => callBacks[number]?.())
  await context.route(/^http:\/\/outbox\./, (route) => route.fulfill({ contentType: 'text/html', body: '' }))
  await context.addInitScript({ content: await outboxScript() })
  // The store's calls that nobody awaits reach the browser before the next call to a tab.
  let begun: Promise<unknown> = Promise.resolve()
  const begin = <T>(step: () => Promise<T>): Promise<T> => {
    const next = begun.then(step)
    begun = next
    return next
  }

  function outboxOf(page: Page): OutboxStore {
    return {
      list: (room) => begun.then(() => page.evaluate((room) => outbox.list(room), room)),
      add: (entry) => begun.then(() => page.evaluate((entry) => outbox.add(entry), entry)),
      update: (entry) => begun.then(() => page.evaluate((entry) => outbox.update(entry), entry)),
      stamp: (...one) => begun.then(() => page.evaluate((one) => outbox.stamp(...one), one)),
      remove: (...one) => begun.then(() => page.evaluate((one) => outbox.remove(...one), one)),
      subscribe(room, changed) {
        const number = callBacks.push(changed) - 1
        const listening = begin(() =>
          page.evaluateHandle(([room, number]) => outbox.subscribe(room, () => callBack(number)), [
            room,
            number,
          ] as const),
        )
        return () => begin(async () => (await listening).evaluate((stop) => stop()))
      },
      async exclusively(room, drain, signal) {
        const number = callBacks.push(drain) - 1
        const asked = begin(() =>
          page.evaluateHandle(
            async ([room, number]) => {
              const abort = new AbortController()
              const ended = outbox.exclusively(room, () => callBack(number), abort.signal)
              ended.catch(() => {})
              await navigator.locks.query()
              return { abort, ended }
            },
            [room, number] as const,
          ),
        )
        signal.addEventListener('abort', () =>
          begin(async () => (await asked).evaluate(({ abort }) => abort.abort())),
        )
        await (await asked).evaluate(({ ended }) => ended)
      },
    }
  }

  return async (url = SECURE) => {
    const page = await context.newPage()
    await page.goto(url)
    return { page, outbox: outboxOf(page) }
  }
}

let script: Promise<string> | undefined

/** Bundled once for all tests, as in the page's build. */
function outboxScript(): Promise<string> {
  script ??= bundle()
  return script
}

async function bundle(): Promise<string> {
  const entry = `${root}client/storage/outbox-indexeddb.ts`
  const lib = { entry, formats: ['iife' as const], name: 'made' }
  const [built] = [await build({ configFile: false, logLevel: 'warn', build: { write: false, lib } })].flat()
  if (built === undefined || !('output' in built)) throw new Error('Nothing was built')
  return `${built.output[0].code}\nglobalThis.outbox = made.createIndexedDbOutbox()`
}
