import { describe, expect, it } from 'vitest'
import type { OutboxEntry, OutboxStore } from '../../../client/session/index.ts'

/** Two handles on one storage, as in two tabs. `reopen` is a reload. */
export interface OutboxUnderTest {
  here: OutboxStore
  there: OutboxStore
  reopen(): Promise<OutboxStore>
}

export function outboxEntry(id: string, room = 'main'): Omit<OutboxEntry, 'order'> {
  return { id, room, time: 1, frame: { event: 'updateChat', data: { id, room, body: `body of ${id}` } } }
}

/** The tests that every `OutboxStore` must pass. `open` makes a new, empty one. */
export function outboxContract(open: () => Promise<OutboxUnderTest>): void {
  const ids = async (store: OutboxStore, room = 'main') => (await store.list(room)).map(({ id }) => id)
  const never = new AbortController().signal

  describe('entries', () => {
    it('[OS1] are listed in the order of adding, even without waiting in between', async () => {
      const { here } = await open()
      await Promise.all(['a', 'b', 'c', 'd'].map((id) => here.add(outboxEntry(id))))
      expect(await ids(here)).toEqual(['a', 'b', 'c', 'd'])
    })

    it('[OS2] have orders that grow across tabs and are never reused', async () => {
      const { here, there } = await open()
      const first = await here.add(outboxEntry('a'))
      const second = await there.add(outboxEntry('b'))
      await here.remove('main', 'b')
      const third = await here.add(outboxEntry('c'))
      expect(second.order).toBeGreaterThan(first.order)
      expect(third.order).toBeGreaterThan(second.order)
    })

    it('[OS3] are returned as they were added', async () => {
      const { here, there } = await open()
      const added = await here.add(outboxEntry('a'))
      expect(added).toEqual({ ...outboxEntry('a'), order: added.order })
      expect(await there.list('main')).toEqual([added])
    })

    it('[OS4] belong to one room', async () => {
      const { here } = await open()
      await here.add(outboxEntry('a', 'main'))
      await here.add(outboxEntry('a', 'other'))
      await here.remove('other', 'a')
      expect(await ids(here)).toEqual(['a'])
      expect(await ids(here, 'other')).toEqual([])
    })

    it('[OS5] keep their place when updated', async () => {
      const { here } = await open()
      const a = await here.add(outboxEntry('a'))
      await here.add(outboxEntry('b'))
      const failed = { ...a, failed: { code: 'stale', message: 'Too old.' } }
      await here.update(failed)
      expect(await ids(here)).toEqual(['a', 'b'])
      expect((await here.list('main'))[0]).toEqual(failed)
    })

    it('[OS6] that are gone do not return with an update, and may be removed twice', async () => {
      const { here, there } = await open()
      const a = await here.add(outboxEntry('a'))
      await there.remove('main', 'a')
      await here.update({ ...a, failed: { code: 'stale', message: '' } })
      expect(await ids(there)).toEqual([])
      await here.remove('main', 'a')
      expect(await ids(there)).toEqual([])
    })

    it('[OS13] are stamped once: the first of several tabs counts', async () => {
      const { here, there } = await open()
      await here.add(outboxEntry('a'))
      const answers = await Promise.all([
        here.stamp('main', 'a', { since: 3, epoch: 'one' }),
        there.stamp('main', 'a', { since: 5, epoch: 'one' }),
      ])
      const [stored] = await here.list('main')
      expect(answers).toEqual([stored, stored])
      expect([3, 5]).toContain(stored?.frame.data.since)
      expect(stored?.frame.data.epoch).toBe('one')
      expect(await here.stamp('main', 'a', { since: 7, epoch: 'two' })).toEqual(stored)
      await here.remove('main', 'a')
      expect(await there.stamp('main', 'a', { since: 9, epoch: 'two' })).toBeUndefined()
      expect(await ids(there)).toEqual([])
    })

    it('[OS7] outlive the tab that added them', async () => {
      const { here, reopen } = await open()
      await here.add(outboxEntry('a'))
      expect(await ids(await reopen())).toEqual(['a'])
    })
  })

  describe('notifications', () => {
    it('[OS8] of every change reach the other tab, for its own room, until it unsubscribes', async () => {
      const { here, there } = await open()
      const notified: string[] = []
      const next = () => expect.poll(() => notified.splice(0).length, { interval: 1 }).toBeGreaterThan(0)
      const stop = there.subscribe('main', () => notified.push('main'))
      there.subscribe('other', () => notified.push('other'))
      const a = await here.add(outboxEntry('a'))
      await next()
      await here.update({ ...a, failed: { code: 'stale', message: '' } })
      await next()
      await here.remove('main', 'a')
      await next()
      stop()
      await here.add(outboxEntry('b'))
      await here.add(outboxEntry('c', 'other'))
      await expect.poll(() => notified, { interval: 1 }).toContain('other')
      expect(notified).not.toContain('main')
    })
  })

  describe('exclusive drains', () => {
    it('[OS9] run one at a time, in the order requested, from any tab', async () => {
      const { here, there } = await open()
      const trace: string[] = []
      const gate = Promise.withResolvers<void>()
      const turn = (name: string, wait?: Promise<void>) => async () => {
        trace.push(`${name} begins`)
        await there.list('main')
        await wait
        trace.push(`${name} ends`)
      }
      const first = here.exclusively('main', turn('one'), never)
      const second = there.exclusively('main', turn('two', gate.promise), never)
      await expect.poll(() => trace, { interval: 1 }).toContain('two begins')
      const third = here.exclusively('main', turn('three'), never)
      await here.list('main')
      gate.resolve()
      await Promise.all([first, second, third])
      const order = ['one begins', 'one ends', 'two begins', 'two ends', 'three begins', 'three ends']
      expect(trace).toEqual(order)
    })

    it('[OS10] of one room do not delay another room', async () => {
      const { here } = await open()
      let other = false
      await here.exclusively(
        'main',
        () =>
          here.exclusively(
            'other',
            async () => {
              other = true
            },
            never,
          ),
        never,
      )
      expect(other).toBe(true)
    })

    it('[OS11] that are aborted resolve without running', async () => {
      const { here, there } = await open()
      const abort = new AbortController()
      let worked = false
      let finish: (() => void) | undefined
      const first = here.exclusively('main', () => new Promise<void>((done) => (finish = done)), never)
      await expect.poll(() => finish, { interval: 1 }).toBeDefined()
      const second = there.exclusively(
        'main',
        async () => {
          worked = true
        },
        abort.signal,
      )
      abort.abort()
      await second
      let third = false
      const last = there.exclusively(
        'main',
        async () => {
          third = true
        },
        never,
      )
      await here.list('main')
      expect(third).toBe(false)
      finish?.()
      await first
      await last
      expect([worked, third]).toEqual([false, true])
    })

    it('[OS12] that fail reject, and let the next one run', async () => {
      const { here, there } = await open()
      const failing = here.exclusively('main', () => Promise.reject(new Error('broken')), never)
      await expect(failing).rejects.toThrow('broken')
      let worked = false
      await there.exclusively(
        'main',
        async () => {
          worked = true
        },
        never,
      )
      expect(worked).toBe(true)
    })
  })
}
