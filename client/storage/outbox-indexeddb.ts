import { Mutex, type OutboxEntry, type OutboxStore, withStamp } from '../session/index.ts'
import { openChannel } from './open-channel.ts'

const DATABASE = 'hallway-outbox'
const ENTRIES = 'entries'
/** Some browsers answer late, or never, when a database is opened: until then what is typed waits in memory. */
const OPENING_MS = 4_000
/** A tab that was frozen while it held the lock may keep it for ever. */
const LOCK_PATIENCE_MS = 30_000

let shared: OutboxStore | undefined

/** One outbox for all sessions of a page: what only it holds outlives a change of rooms. */
export function pageOutbox(): OutboxStore {
  shared ??= createIndexedDbOutbox()
  return shared
}

/**
 * The page's outbox, in IndexedDB, so that typed text outlives a reload or a crash. All tabs share it; one at a time
 * sends from it, under the browser's lock. From the first call that the storage does not take, this page keeps beside it what
 * it refuses. Locks and messages between tabs only avoid sending things twice: without them (plain http) the server still
 * stores everything once, and each tab still sends in order.
 */
export function createIndexedDbOutbox(): OutboxStore {
  const channel = openRoomsChannel()
  let failing: Promise<EntryCalls> | undefined
  const stored = openEntries(() =>
    failing?.then((entries) => entries.list('')).then(channel.tellHere, () => {}),
  )

  function beside(): Promise<EntryCalls> {
    failing ??= import(/* @offline */ './unsaved-entries.ts').then(
      ({ besideStored }) => besideStored(stored, channel.tell, withStamp),
      (error) => {
        failing = undefined
        throw error
      },
    )
    return failing
  }

  async function run<T>(work: (entries: EntryCalls) => Promise<T>): Promise<T> {
    if (failing === undefined) {
      try {
        const database = await stored()
        if (database) return await work(database)
      } catch {
        // It is tried once more, beside what the storage holds.
      }
    }
    return work(await beside())
  }

  async function told<T>(room: string, work: (entries: EntryCalls) => Promise<T>): Promise<T> {
    const result = await run(work)
    channel.tell(room)
    return result
  }

  return {
    list: (room) => run((entries) => entries.list(room)),
    add: (entry) => told(entry.room, (entries) => entries.add(entry)),
    update: (entry) => told(entry.room, (entries) => entries.update(entry)),
    stamp: (room, id, at) => told(room, (entries) => entries.stamp(room, id, at)),
    remove: (room, id) => told(room, (entries) => entries.remove(room, id)),
    subscribe: channel.subscribe,
    exclusively,
  }
}

export type EntryCalls = Pick<OutboxStore, 'list' | 'add' | 'update' | 'stamp' | 'remove'>

export type StoredEntries = EntryCalls & {
  /** Removes an entry, and returns it if it was there: only one of several tabs gets it. */
  take(room: string, id: string): Promise<OutboxEntry | undefined>
}

/**
 * The stored entries, once they can be read: undefined where the storage refuses, until the next call, and while it is late.
 * `late`: it has opened after a call went on without it.
 */
function openEntries(late: () => void): () => Promise<StoredEntries | undefined> {
  let opened: Promise<StoredEntries | undefined> | undefined
  let patience: Promise<undefined> | undefined
  const lost = (): void => {
    opened = undefined
  }
  function open(): Promise<StoredEntries | undefined> {
    let isLate = false
    patience = new Promise((resolve) =>
      setTimeout(() => {
        isLate = true
        resolve(undefined)
      }, OPENING_MS),
    )
    return openDatabase(lost).then(
      (database) => {
        if (isLate) queueMicrotask(late)
        return createEntries(database)
      },
      () => {
        lost()
        return undefined
      },
    )
  }
  return () => {
    opened ??= open()
    return Promise.race([opened, patience])
  }
}

/** The key is the order: IndexedDB counts it up for all tabs and never gives one out again. */
function openDatabase(lost: () => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1)
    request.onupgradeneeded = () => {
      const entries = request.result.createObjectStore(ENTRIES, { keyPath: 'order', autoIncrement: true })
      entries.createIndex('room', 'room')
      entries.createIndex('id', ['room', 'id'], { unique: true })
    }
    request.onsuccess = () => {
      const database = request.result
      database.onclose = lost
      database.onversionchange = () => {
        database.close()
        lost()
      }
      resolve(database)
    }
    request.onerror = () => reject(request.error)
  })
}

function createEntries(database: IDBDatabase): StoredEntries {
  /** Runs `work` in a transaction of its own and answers once it is stored. */
  function transact<T>(mode: IDBTransactionMode, work: (entries: IDBObjectStore) => () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(ENTRIES, mode)
      const result = work(transaction.objectStore(ENTRIES))
      transaction.oncomplete = () => resolve(result())
      transaction.onabort = () => reject(transaction.error)
    })
  }

  /** Looks an entry up, and works on it in the same transaction. */
  function find(
    room: string,
    id: string,
    work: (entries: IDBObjectStore, known: OutboxEntry | undefined) => OutboxEntry | undefined,
  ): Promise<OutboxEntry | undefined> {
    return transact('readwrite', (entries) => {
      const request: IDBRequest<OutboxEntry | undefined> = entries.index('id').get([room, id])
      let result: OutboxEntry | undefined
      request.onsuccess = () => {
        result = work(entries, request.result)
      }
      return () => result
    })
  }

  const take = (room: string, id: string): Promise<OutboxEntry | undefined> =>
    find(room, id, (entries, known) => {
      if (known) entries.delete(known.order)
      return known
    })

  return {
    list: (room) =>
      transact('readonly', (entries) => {
        const request: IDBRequest<OutboxEntry[]> = entries.index('room').getAll(room)
        return () => request.result
      }),
    add: (entry) =>
      transact('readwrite', (entries) => {
        const request = entries.add(entry)
        return () => ({ ...entry, order: Number(request.result) })
      }),
    async update(entry) {
      // An entry that was in memory got another order when it moved in.
      await find(entry.room, entry.id, (entries, known) => {
        if (known) entries.put({ ...entry, order: known.order })
        return undefined
      })
    },
    stamp: (room, id, at) =>
      find(room, id, (entries, known) => {
        if (known === undefined || known.frame.data.since !== undefined) return known
        const stamped = withStamp(known, at)
        entries.put(stamped)
        return stamped
      }),
    take,
    async remove(room, id) {
      await take(room, id)
    },
  }
}

/** Tells that a room's entries have changed: other tabs, and the sessions of this one. */
function openRoomsChannel() {
  const told = openChannel(DATABASE)
  const listeners = new Map<() => void, string>()
  told?.addEventListener('message', ({ data }: MessageEvent) => {
    for (const [changed, room] of listeners) if (data === room) changed()
  })
  return {
    tell: (room: string) => told?.postMessage(room),
    /** The entries of every room may have changed. */
    tellHere(): void {
      for (const changed of listeners.keys()) changed()
    },
    subscribe(room: string, changed: () => void): () => void {
      const listener = (): void => changed()
      listeners.set(listener, room)
      return () => listeners.delete(listener)
    },
  }
}

const mutex = new Mutex()

async function exclusively(room: string, drain: () => Promise<void>, signal: AbortSignal): Promise<void> {
  if (!('locks' in navigator)) return mutex.run(room, drain, signal)
  const name = `${DATABASE} ${room}`
  const waiting = new AbortController()
  const stopWaiting = (): void => waiting.abort()
  const timer = setTimeout(stopWaiting, LOCK_PATIENCE_MS)
  signal.addEventListener('abort', stopWaiting)
  let work: Promise<void> | undefined
  const begin = (): Promise<void> => {
    clearTimeout(timer)
    work = drain()
    return work
  }
  try {
    if (signal.aborted) return
    await navigator.locks.request(name, { signal: waiting.signal }, begin)
  } catch {
    // The work failed, another tab took the lock, or it never began.
    if (work === undefined && !signal.aborted) {
      await navigator.locks
        .request(name, { steal: true }, begin)
        // Where the browser refuses locks, as with cookies blocked, it is as if it had none.
        .catch(() => work ?? mutex.run(room, begin, signal))
    }
    await work
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stopWaiting)
  }
}
