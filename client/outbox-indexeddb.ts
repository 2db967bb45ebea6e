import { MemoryOutbox, type OutboxEntry, type OutboxStore, Turns } from './session/index.ts'

const DATABASE = 'hallway-outbox'
const ENTRIES = 'entries'
/** Some browsers never answer a request to open a database. Until then nothing typed could be sent. */
const OPENING_MS = 4_000

/**
 * The outbox of a page: kept in IndexedDB, so that what was typed outlives a reload or a crash, and shared by all
 * tabs, of which one drains it at a time under the browser's lock. Where the browser gives no storage it lasts as
 * long as the page; where it gives no locks (plain http) or no channel between tabs, each tab sends for itself,
 * and the server sees to it that nothing is there twice.
 */
export function createIndexedDbOutbox(): OutboxStore {
  const store = openDatabase().then(
    (database): Entries => createEntries(database),
    (): Entries => new MemoryOutbox(),
  )
  const channel = openChannel()
  return {
    list: async (room) => (await store).list(room),
    async add(entry) {
      const stored = await (await store).add(entry)
      channel.tell(entry.room)
      return stored
    },
    async update(entry) {
      await (await store).update(entry)
      channel.tell(entry.room)
    },
    async remove(room, id) {
      await (await store).remove(room, id)
      channel.tell(room)
    },
    subscribe: channel.subscribe,
    exclusively,
  }
}

type Entries = Pick<OutboxStore, 'list' | 'add' | 'update' | 'remove'>

/** The key is the order: IndexedDB counts it up for all tabs and never gives one out again. */
function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1)
    setTimeout(() => reject(new Error('IndexedDB does not open')), OPENING_MS)
    request.onupgradeneeded = () => {
      const entries = request.result.createObjectStore(ENTRIES, { keyPath: 'order', autoIncrement: true })
      entries.createIndex('room', 'room')
      entries.createIndex('id', ['room', 'id'], { unique: true })
    }
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close()
      resolve(request.result)
    }
    request.onerror = () => reject(request.error)
    request.onblocked = () => reject(new Error('IndexedDB is blocked'))
  })
}

function createEntries(database: IDBDatabase): Entries {
  /** Runs `work` in a transaction of its own and answers once it is kept. */
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

const turns = new Turns()

async function exclusively(room: string, drain: () => Promise<void>, signal: AbortSignal): Promise<void> {
  if (!('locks' in navigator)) return turns.take(room, drain, signal)
  let begun = false
  try {
    await navigator.locks.request(`${DATABASE} ${room}`, { signal }, () => {
      begun = true
      return drain()
    })
  } catch (error) {
    // Given up before its turn came: that is no failure.
    if (begun || !signal.aborted) throw error
  }
}
