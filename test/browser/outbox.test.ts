import { describe, expect, it } from 'vitest'
import { outboxContract, outboxEntry } from '../unit/session/outbox-contract.ts'
import { useBrowser } from './browser.ts'
import { type OutboxTab, outboxTabs } from './outbox-tabs.ts'
import { crash, freeze, holdTime } from './tab-failures.ts'

const browser = useBrowser()
/** An origin on plain http, which browsers do not trust. */
const PLAIN = 'http://outbox.example/'
const never = new AbortController().signal

async function twoTabs(): Promise<{ here: OutboxTab; there: OutboxTab }> {
  const openTab = await outboxTabs(await browser.visitor())
  const [here, there] = await Promise.all([openTab(), openTab()])
  return { here, there }
}

/** A drain in progress, until the test ends it. */
async function begunTurn({ outbox }: OutboxTab): Promise<{ end(): void; over: Promise<void> }> {
  const begun = Promise.withResolvers<void>()
  const work = Promise.withResolvers<void>()
  const over = outbox.exclusively(
    'main',
    () => {
      begun.resolve()
      return work.promise
    },
    never,
  )
  over.catch(() => {})
  await begun.promise
  return { end: work.resolve, over }
}

describe('an outbox in IndexedDB', () => {
  outboxContract(async () => {
    const { here, there } = await twoTabs()
    return {
      here: here.outbox,
      there: there.outbox,
      async reopen() {
        await here.page.reload()
        return here.outbox
      },
    }
  })
})

describe('a tab', () => {
  it('[OS14] that crashes in its turn leaves the turn and all entries to the next tab', async () => {
    const { here, there } = await twoTabs()
    await here.outbox.add(outboxEntry('a'))
    await begunTurn(here)
    const next = begunTurn(there)
    await crash(here.page)
    await next
    expect(await there.outbox.list('main')).toMatchObject([outboxEntry('a')])
  })

  it('[OS15] that is frozen in its turn loses it after half a minute, and wakes without a failure', async () => {
    const { here, there } = await twoTabs()
    const pass = await holdTime(there.page)
    const frozen = await begunTurn(here)
    const wake = await freeze(here.page)
    let isNext = false
    const next = begunTurn(there).then((turn) => {
      isNext = true
      return turn
    })
    await there.outbox.add(outboxEntry('a'))
    await pass(29_000)
    await there.page.evaluate(() => navigator.locks.query())
    expect(isNext).toBe(false)
    await pass(1_000)
    const { end, over } = await next
    await wake()
    frozen.end()
    await frozen.over
    end()
    await over
    await (await begunTurn(here)).end()
    expect(await here.outbox.list('main')).toMatchObject([outboxEntry('a')])
  })

  it('[OS16] whose storage is wiped by another tab goes on with an empty one', async () => {
    const { here, there } = await twoTabs()
    await here.outbox.add(outboxEntry('a'))
    await there.page.evaluate(async () => {
      const [database] = await indexedDB.databases()
      const wiping = indexedDB.deleteDatabase(database?.name ?? '')
      await new Promise((resolve, reject) => {
        wiping.onsuccess = resolve
        wiping.onblocked = reject
      })
    })
    expect(await here.outbox.list('main')).toEqual([])
    await here.outbox.add(outboxEntry('b'))
    expect(await there.outbox.list('main')).toMatchObject([outboxEntry('b')])
  })

  it('[OS17] that gets no storage keeps its entries in memory', async () => {
    const context = await browser.visitor()
    await context.addInitScript(() => Object.assign(IDBFactory.prototype, { open: () => ({}) }))
    const tab = await (await outboxTabs(context))()
    const pass = await holdTime(tab.page)
    const adding = tab.outbox.add(outboxEntry('a'))
    await tab.page.evaluate(() => {})
    await pass(4_000)
    expect(await adding).toMatchObject({ ...outboxEntry('a'), unsaved: true })
    expect(await tab.outbox.list('main')).toMatchObject([outboxEntry('a')])
  })

  it('[OS19] that gets its storage late moves its entries in, in order, and tells', async () => {
    const context = await browser.visitor()
    const openTab = await outboxTabs(context)
    const there = await openTab()
    await there.outbox.add(outboxEntry('earlier'))
    await context.addInitScript(() => {
      const { open } = IDBFactory.prototype
      Object.assign(IDBFactory.prototype, {
        open(this: IDBFactory, ...asked: Parameters<typeof open>) {
          const late: Partial<IDBOpenDBRequest> = {}
          Object.assign(globalThis, {
            answer: () => {
              const request = open.apply(this, asked)
              request.onsuccess = () => {
                Object.assign(late, { result: request.result })
                late.onsuccess?.call(request, new Event('success'))
              }
            },
          })
          return late
        },
      })
    })
    const { page, outbox } = await openTab()
    const pass = await holdTime(page)
    const adding = ['a', 'b'].map((id) => outbox.add(outboxEntry(id)))
    await page.evaluate(() => {})
    await pass(4_000)
    await Promise.all(adding)
    await outbox.stamp('main', 'a', { since: 7, epoch: 'e' })
    const told = Promise.withResolvers<void>()
    outbox.subscribe('main', told.resolve)
    await outbox.list('main')
    await page.evaluate('answer()')
    await told.promise
    const listed = await outbox.list('main')
    expect(listed.map(({ id, unsaved, frame }) => [id, unsaved, frame.data.since])).toEqual([
      ['earlier', undefined, undefined],
      ['a', undefined, 7],
      ['b', undefined, undefined],
    ])
    expect(await there.outbox.list('main')).toEqual(listed)
  })

  it('[OS20] whose disk is full keeps what it cannot commit in memory, and stores it once it can', async () => {
    const { here, there } = await twoTabs()
    await here.outbox.add(outboxEntry('a'))
    await here.page.evaluate(() => {
      const { add, put } = IDBObjectStore.prototype
      Object.assign(globalThis, { isFull: true })
      // The request succeeds, and then the commit fails.
      const failing = (write: typeof add | typeof put) =>
        function (this: IDBObjectStore, value: unknown) {
          const request = write.call(this, value)
          request.addEventListener(
            'success',
            () => Reflect.get(globalThis, 'isFull') && this.transaction.abort(),
          )
          return request
        }
      Object.assign(IDBObjectStore.prototype, { add: failing(add), put: failing(put) })
    })
    expect(await here.outbox.add(outboxEntry('b'))).toMatchObject({ unsaved: true })
    expect(await there.outbox.list('main')).toMatchObject([outboxEntry('a')])
    // Its state in the storage must not be one in which it is sent as another change after a reload.
    const stamped = await here.outbox.stamp('main', 'a', { since: 3, epoch: 'e' })
    expect(stamped).toMatchObject({ id: 'a', unsaved: true, frame: { data: { since: 3 } } })
    expect(await there.outbox.list('main')).toEqual([])
    expect(await here.outbox.list('main')).toMatchObject([{ id: 'b' }, { id: 'a' }])
    await here.page.evaluate('isFull = false')
    expect(await here.outbox.list('main')).toMatchObject([
      { id: 'b' },
      { id: 'a', frame: { data: { since: 3 } } },
    ])
    expect((await there.outbox.list('main')).map(({ id, unsaved }) => [id, unsaved])).toEqual([
      ['b', undefined],
      ['a', undefined],
    ])
  })

  it('[OS21] whose browser refuses locks and channels takes its own turns in order', async () => {
    const context = await browser.visitor()
    await context.addInitScript(() => {
      const refuse = () => {
        throw new DOMException('The operation is insecure.', 'SecurityError')
      }
      if ('locks' in navigator) Object.assign(LockManager.prototype, { request: async () => refuse() })
      Object.assign(globalThis, { BroadcastChannel: refuse })
    })
    const { page, outbox } = await (await outboxTabs(context))()
    await outbox.add(outboxEntry('a'))
    expect(await outbox.list('main')).toMatchObject([outboxEntry('a')])
    const trace = await page.evaluate(async () => {
      const trace: string[] = []
      const turn = (name: string) => async () => {
        trace.push(`${name} begins`)
        await globalThis.outbox.list('main')
        trace.push(`${name} ends`)
      }
      const { signal } = new AbortController()
      await Promise.all(
        ['one', 'two'].map((name) => globalThis.outbox.exclusively('main', turn(name), signal)),
      )
      return trace
    })
    expect(trace).toEqual(['one begins', 'one ends', 'two begins', 'two ends'])
  })

  it('[OS18] that has no locks, on plain http, shares its entries and takes its own turns in order', async () => {
    const openTab = await outboxTabs(await browser.visitor())
    const [here, there] = [await openTab(PLAIN), await openTab(PLAIN)]
    await here.outbox.add(outboxEntry('a'))
    expect(await there.outbox.list('main')).toMatchObject([outboxEntry('a')])
    const trace = await here.page.evaluate(async () => {
      const trace: string[] = ['locks' in navigator ? 'locks' : 'no locks']
      const turn = (name: string) => async () => {
        trace.push(`${name} begins`)
        await outbox.list('main')
        trace.push(`${name} ends`)
      }
      const { signal } = new AbortController()
      await Promise.all(['one', 'two'].map((name) => outbox.exclusively('main', turn(name), signal)))
      return trace
    })
    expect(trace).toEqual(['no locks', 'one begins', 'one ends', 'two begins', 'two ends'])
  })
})
