import { MemoryOutbox, Mutex, type OutboxEntry, type OutboxStore, withStamp } from '../session/index.ts'

const DATABASE = 'hallway-outbox'
const ENTRIES = 'entries'
/** Some browsers never answer a request to open a database; without a limit nothing typed would be sent. */
const OPENING_MS = 4_000
/** A tab that was frozen while it held the lock may keep it for ever. */
const LOCK_PATIENCE_MS = 30_000

/**
 * The page's outbox, in IndexedDB, so that typed text outlives a reload or a crash. All tabs share it; one at a time
 * sends from it, under the browser's lock. Without storage it lasts as long as the page. Locks and messages between
 * tabs only avoid sending things twice: without them (plain http) the server still stores everything once, and each
 * tab still sends in order.
 */
export function createIndexedDbOutbox(): OutboxStore {
  const memory = new MemoryOutbox()
  let opened: Promise<Entries> | undefined
  const lost = (): void => {
    opened = undefined
  }
  const entries = (): Promise<Entries> => {
    opened ??= openDatabase(lost).then(createEntries, () => memory)
    return opened
  }
  const channel = openChannel()
  return {
    list: async (room) => (await entries()).list(room),
    async add(entry) {
      const stored = await (await entries()).add(entry)
      channel.tell(entry.room)
      return stored
    },
    async update(entry) {
      await (await entries()).update(entry)
      channel.tell(entry.room)
    },
    async stamp(room, id, at) {
      const entry = await (await entries()).stamp(room, id, at)
      channel.tell(room)
      return entry
    },
    async remove(room, id) {
      await (await entries()).remove(room, id)
      channel.tell(room)
    },
    subscribe: channel.subscribe,
    exclusively,
  }
}

type Entries = Pick<OutboxStore, 'list' | 'add' | 'update' | 'stamp' | 'remove'>

/** The key is the order: IndexedDB counts it up for all tabs and never gives one out again. */
function openDatabase(lost: () => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1)
    setTimeout(() => reject(new Error('IndexedDB does not open')), OPENING_MS)
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
    request.onblocked = () => reject(new Error('IndexedDB is blocked'))
  })
}

function createEntries(database: IDBDatabase): Entries {
  /** Runs `work` in a transaction of its own and answers once it is stored. */
  function transact<T>(mode: IDBTransactionMode, work: (entries: IDBObjectStore) => () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(ENTRIES, mode)
      const result = work(transaction.objectStore(ENTRIES))
      transaction.oncomplete = () => resolve(result())
      transaction.onabort = () => reject(transaction.error)
    })
  }

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
    update: (entry) =>
      transact('readwrite', (entries) => {
        const request = entries.getKey(entry.order)
        request.onsuccess = () => {
          if (request.result !== undefined) entries.put(entry)
        }
        return () => {}
      }),
    stamp: (room, id, at) =>
      transact('readwrite', (entries) => {
        const request: IDBRequest<OutboxEntry | undefined> = entries.index('id').get([room, id])
        let stamped: OutboxEntry | undefined
        request.onsuccess = () => {
          stamped = request.result
          if (stamped === undefined || stamped.frame.data.since !== undefined) return
          stamped = withStamp(stamped, at)
          entries.put(stamped)
        }
        return () => stamped
      }),
    remove: (room, id) =>
      transact('readwrite', (entries) => {
        const request = entries.index('id').getKey([room, id])
        request.onsuccess = () => {
          if (request.result !== undefined) entries.delete(request.result)
        }
        return () => {}
      }),
  }
}

/** Tells other tabs, and other sessions of this one, that a room's entries have changed. */
function openChannel(): { tell(room: string): void; subscribe: OutboxStore['subscribe'] } {
  if (!('BroadcastChannel' in globalThis)) return { tell: () => {}, subscribe: () => () => {} }
  const told = new BroadcastChannel(DATABASE)
  return {
    tell: (room) => told.postMessage(room),
    subscribe(room, changed) {
      const hear = ({ data }: MessageEvent): void => {
        if (data === room) changed()
      }
      told.addEventListener('message', hear)
      return () => told.removeEventListener('message', hear)
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
      await navigator.locks.request(name, { steal: true }, begin).catch(() => work)
    }
    await work
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stopWaiting)
  }
}
