import { expect, it } from 'vitest'
import { createEntries } from '../../../client/session/entries.ts'
import { MemoryOutbox, type OutboxEntry } from '../../../client/session/index.ts'
import { settle } from './fake-clock.ts'
import { outboxEntry } from './outbox-contract.ts'

type Question = 'list' | 'add'

/** A store that holds back the answers of one method until the test releases them. */
class HeldOutbox extends MemoryOutbox {
  #holds: Question | undefined
  #held: (() => void)[] = []

  hold(question: Question): void {
    this.#holds = question
  }

  async release(): Promise<void> {
    this.#holds = undefined
    for (const go of this.#held.splice(0)) go()
    await settle()
  }

  override async list(room: string): Promise<OutboxEntry[]> {
    return this.#later('list', await super.list(room))
  }

  override async add(one: Omit<OutboxEntry, 'order'>): Promise<OutboxEntry> {
    return this.#later('add', await super.add(one))
  }

  #later<T>(question: Question, result: T): Promise<T> {
    return new Promise((resolve) => {
      if (this.#holds === question) this.#held.push(() => resolve(result))
      else resolve(result)
    })
  }
}

async function stored(...ids: string[]) {
  const store = new HeldOutbox()
  for (const id of ids) await store.add(outboxEntry(id))
  const entries = createEntries({ room: 'main', store, changed: () => {}, storageFailed: () => {} })
  await entries.reload()
  const shown = () => entries.shown.map(({ id }) => id)
  return { store, entries, shown }
}

it('[EN1] a list requested before a change by this tab does not undo the change', async () => {
  const { store, entries, shown } = await stored('a', 'b')
  store.hold('list')
  const reloading = entries.reload()
  await settle()
  await entries.remove('a')
  await store.release()
  await reloading
  expect(shown()).toEqual(['b'])
})

it('[EN2] a list requested during another one is read again', async () => {
  const { store, entries } = await stored('a')
  store.hold('list')
  const first = entries.reload()
  await settle()
  await store.remove('main', 'a')
  const second = entries.reload()
  await store.release()
  await Promise.all([first, second])
  expect(entries.next()).toBeUndefined()
})

it('[EN3] an entry that is in the log is not shown again, and leaves the storage', async () => {
  const { store, entries, shown } = await stored()
  entries.settle('a')
  await store.add(outboxEntry('a'))
  await entries.reload()
  await settle()
  expect(shown()).toEqual([])
  expect(entries.next()).toBeUndefined()
  expect(await store.list('main')).toEqual([])
})

it('[EN4] an entry that another tab sent before this tab knew it was stored disappears', async () => {
  const { store, entries, shown } = await stored()
  store.hold('add')
  const adding = entries.add(outboxEntry('a'))
  await settle()
  expect(shown()).toEqual(['a'])
  entries.settle('a')
  expect(shown()).toEqual([])
  await store.release()
  await adding
  await settle()
  expect(shown()).toEqual([])
  expect(await store.list('main')).toEqual([])
})

it('[EN5] entries stand by their order, even if a later one arrived first', async () => {
  const { store, entries, shown } = await stored('a')
  store.hold('add')
  const adding = entries.add(outboxEntry('b'))
  await MemoryOutbox.prototype.add.call(store, outboxEntry('c'))
  await entries.reload()
  expect(shown()).toEqual(['a', 'b', 'c'])
  await store.release()
  await adding
  expect(shown()).toEqual(['a', 'b', 'c'])
})

it('[EN6] an entry is the same object until it changes', async () => {
  const { store, entries } = await stored('a', 'b')
  const before = entries.shown
  const [a] = await store.list('main')
  if (a) await store.update({ ...a })
  await entries.reload()
  expect(entries.shown).toBe(before)
  if (a) await store.update({ ...a, failed: { code: 'stale', message: '' } })
  await entries.reload()
  expect(entries.shown[0]?.failed).toBeDefined()
  expect(entries.shown[1]).toBe(before[1])
})

it('[EN7] a stamp counts at once; an entry that is gone from the storage goes here too', async () => {
  const store = new MemoryOutbox()
  store.subscribe = () => () => {}
  await store.add(outboxEntry('a'))
  await store.add(outboxEntry('b'))
  const entries = createEntries({ room: 'main', store, changed: () => {}, storageFailed: () => {} })
  await entries.reload()
  await entries.stamp('a', { since: 3, epoch: 'one' })
  expect(entries.next()?.frame.data).toMatchObject({ since: 3, epoch: 'one' })
  await store.remove('main', 'a')
  await entries.stamp('a', { since: 4, epoch: 'one' })
  expect(entries.next()?.id).toBe('b')
})

it('[EN8] a message that another tab sent stays shown until the log has it', async () => {
  const { store, entries, shown } = await stored('a', 'b', 'never sent')
  await entries.stamp('a', { since: 3, epoch: 'one' })
  await store.remove('main', 'a')
  await store.remove('main', 'never sent')
  await entries.reload()
  await entries.reload()
  expect(shown()).toEqual(['a', 'b'])
  expect(entries.next()?.id).toBe('b')
  entries.settle('a')
  expect(shown()).toEqual(['b'])
})

it('[EN9] an entry that another tab removed disappears if it was refused or is no message', async () => {
  const store = new MemoryOutbox()
  const refused = await store.add(outboxEntry('a'))
  await store.update({ ...refused, failed: { code: 'stale', message: '' } })
  const frame = { event: 'react', data: { id: 'r', room: 'main', ref: 1, emoji: ':)', on: true } } as const
  await store.add({ ...outboxEntry('r'), frame })
  const entries = createEntries({ room: 'main', store, changed: () => {}, storageFailed: () => {} })
  await entries.reload()
  expect(entries.shown).toHaveLength(2)
  await store.remove('main', 'a')
  await store.remove('main', 'r')
  await entries.reload()
  expect(entries.shown).toEqual([])
})

it('[EN10] two entries that are stored at the same time both stay shown', async () => {
  const store = new MemoryOutbox()
  const answers: ((failed?: Error) => void)[] = []
  const add = store.add.bind(store)
  store.add = (one) =>
    new Promise((resolve, reject) => {
      answers.push((failed) => (failed ? reject(failed) : resolve(add(one))))
    })
  const entries = createEntries({ room: 'main', store, changed: () => {}, storageFailed: () => {} })
  const shown = () =>
    entries.shown.map(({ id, order }) => `${id}${order === Number.MAX_SAFE_INTEGER ? ' …' : ''}`)
  const adding = ['a', 'b', 'c'].map((id) => entries.add(outboxEntry(id)))
  expect(shown()).toEqual(['a …', 'b …', 'c …'])
  answers[0]?.()
  await adding[0]
  expect(shown()).toEqual(['a', 'b …', 'c …'])
  answers[1]?.(new Error('full'))
  await expect(adding[1]).rejects.toThrow('full')
  expect(shown()).toEqual(['a', 'c …'])
})

it('[EN11] a change by this tab counts at once, and affects no other entry', async () => {
  const store = new MemoryOutbox()
  store.subscribe = () => () => {}
  for (const id of ['a', 'b', 'c']) await store.add(outboxEntry(id))
  const entries = createEntries({ room: 'main', store, changed: () => {}, storageFailed: () => {} })
  await entries.reload()
  const a = entries.stored('a')
  if (a === undefined) return expect.unreachable()
  await entries.update({ ...a, failed: { code: 'stale', message: '' } })
  expect(entries.shown.map(({ id, failed }) => [id, failed?.code])).toEqual([
    ['a', 'stale'],
    ['b', undefined],
    ['c', undefined],
  ])
  expect(entries.next()?.id).toBe('b')
  const removing = entries.remove('b')
  expect(entries.shown.map(({ id }) => id)).toEqual(['a', 'c'])
  await removing
  expect((await store.list('main')).map(({ id }) => id)).toEqual(['a', 'c'])
})

it('[EN12] entries of others in the log cause no access to the storage', async () => {
  const { store, entries, shown } = await stored('a')
  const removed: string[] = []
  store.remove = async (_, id) => {
    removed.push(id)
  }
  entries.settle('of someone else')
  expect([removed, shown()]).toEqual([[], ['a']])
  entries.settle('a')
  expect([removed, shown()]).toEqual([['a'], []])
})

it('[EN13] a stamp that another tab set appears here', async () => {
  const { store, entries } = await stored('a')
  await store.stamp('main', 'a', { since: 3, epoch: 'one' })
  await entries.reload()
  expect(entries.next()?.frame.data).toMatchObject({ since: 3, epoch: 'one' })
})

it('[EN14] the newest 1,000 ids that the log brought are known; one further back is sent again if the storage lists it', async () => {
  const { store, entries, shown } = await stored()
  for (let n = 0; n <= 1_000; n += 1) entries.settle(`${n}`)
  for (const id of ['0', '1', '1000']) await store.add(outboxEntry(id))
  await entries.reload()
  await settle()
  expect([shown(), (await store.list('main')).map(({ id }) => id)]).toEqual([['0'], ['0']])
})

it('[EN15] a message of another tab that the log has brought is not kept, however many follow', async () => {
  const { store, entries, shown } = await stored('a')
  await store.stamp('main', 'a', { since: 0, epoch: 'one' })
  await entries.reload()
  await store.remove('main', 'a')
  await entries.reload()
  expect(shown()).toEqual(['a'])
  entries.settle('a')
  for (let n = 0; n <= 1_000; n += 1) entries.settle(`${n}`)
  expect(shown()).toEqual([])
})
