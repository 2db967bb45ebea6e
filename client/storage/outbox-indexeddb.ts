import { openChannel } from '../lib/open-channel.ts'
import { Mutex, type OutboxEntry, type OutboxStore, withStamp } from '../session/index.ts'

const DATABASE = 'hallway-outbox'
const ENTRIES = 'entries'
/** Some browsers answer late, or never, when a database is opened: until then what is typed waits in memory. */
const OPENING_MS = 4_000
/** A tab that was frozen while it held the lock may keep it for ever. */
const LOCK_PATIENCE_MS = 30_000

/** Entries in memory stand after all that are stored. */
const MEMORY_ORDER = 2 ** 50

let shared: OutboxStore | undefined

/** One outbox for all sessions of a page: what only it holds outlives a change of rooms. */
export function pageOutbox(): OutboxStore {
  shared ??= createIndexedDbOutbox()
  return shared
}

/**
 * The page's outbox, in IndexedDB, so that typed text outlives a reload or a crash. All tabs share it; one at a time
 * sends from it, under the browser's lock. What the storage does not take (it opens late, the disk is full) is `unsaved`:
 * it waits in memory, in its order, and moves in once the storage takes it. Locks and messages between tabs only avoid
 * sending things twice: without them (plain http) the server still stores everything once, and each tab still sends in
 * order.
 */
export function createIndexedDbOutbox(): OutboxStore {
  /** By room and id, in order. */
  const memory = new Map<string, OutboxEntry>()
  const channel = openRoomsChannel()
  const stored = openEntries(() => inTurn(async () => {}).then(channel.tellHere, () => {}))
  let order = MEMORY_ORDER
  let tail: Promise<unknown> = Promise.resolve()

  /** Runs the calls of this tab one after the other: an entry may move while another call asks for it. */
  function inTurn<T>(work: (database: Entries | undefined) => Promise<T>): Promise<T> {
    const done = tail.then(async () => {
      const database = await stored()
      if (database !== undefined && memory.size > 0) await moveIn(database).catch(() => {})
      return work(database)
    })
    tail = done.catch(() => {})
    return done
  }

  async function moveIn(database: Entries): Promise<void> {
    for (const [key, { order: _, unsaved: __, ...entry }] of memory) {
      await database.add(entry)
      memory.delete(key)
      channel.tell(entry.room)
    }
  }

  function keep(entry: Omit<OutboxEntry, 'order'>): OutboxEntry {
    order += 1
    const kept = { ...entry, order, unsaved: true as const }
    memory.set(keyOf(entry.room, entry.id), kept)
    return kept
  }

  /**
   * Changes an entry. Where the storage does not take that, the entry moves to memory: what is sent may not be stored in an
   * earlier state, in which a reload would send it as another change.
   */
  function change<T>(
    { room, id }: Pick<OutboxEntry, 'room' | 'id'>,
    here: (entry: OutboxEntry) => OutboxEntry,
    there: (database: Entries) => Promise<T>,
  ): Promise<T | OutboxEntry | undefined> {
    return inTurn(async (database) => {
      const key = keyOf(room, id)
      const known = memory.get(key)
      if (known !== undefined) {
        const changed = { ...here(known), order: known.order, unsaved: true as const }
        memory.set(key, changed)
        return changed
      }
      if (database === undefined) return undefined
      try {
        return await there(database)
      } catch {
        const taken = await database.take(room, id)
        return taken && keep(here(taken))
      }
    })
  }

  return {
    list: (room) =>
      inTurn(async (database) => [
        ...((await database?.list(room)) ?? []),
        ...[...memory.values()].filter((entry) => entry.room === room),
      ]),
    async add(entry) {
      const added = await inTurn(async (database) => {
        if (database === undefined || memory.size > 0) return keep(entry)
        return database.add(entry).catch(() => keep(entry))
      })
      channel.tell(entry.room)
      return added
    },
    async update(entry) {
      await change(
        entry,
        () => entry,
        (database) => database.update(entry),
      )
      channel.tell(entry.room)
    },
    async stamp(room, id, at) {
      const stamped = await change(
        { room, id },
        (entry) => (entry.frame.data.since === undefined ? withStamp(entry, at) : entry),
        (database) => database.stamp(room, id, at),
      )
      channel.tell(room)
      return stamped
    },
    async remove(room, id) {
      await inTurn(async (database) => {
        if (!memory.delete(keyOf(room, id))) await database?.remove(room, id)
      })
      channel.tell(room)
    },
    subscribe: channel.subscribe,
    exclusively,
  }
}

function keyOf(room: string, id: string): string {
  return `${room} ${id}`
}

type Entries = Pick<OutboxStore, 'list' | 'add' | 'update' | 'stamp' | 'remove'> & {
  /** Removes an entry, and returns it if it was there: only one of several tabs gets it. */
  take(room: string, id: string): Promise<OutboxEntry | undefined>
}

/**
 * The stored entries, once they can be read: undefined where the storage refuses, until the next call, and while it is late.
 * `late`: it has opened after a call went on without it.
 */
function openEntries(late: () => void): () => Promise<Entries | undefined> {
  let opened: Promise<Entries | undefined> | undefined
  let patience: Promise<undefined> | undefined
  const lost = (): void => {
    opened = undefined
  }
  function open(): Promise<Entries | undefined> {
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
        const request = entries.index('id').getKey([entry.room, entry.id])
        request.onsuccess = () => {
          // An entry that was in memory got another order when it moved in.
          if (request.result !== undefined) entries.put({ ...entry, order: Number(request.result) })
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
    take: (room, id) =>
      transact('readwrite', (entries) => {
        const request: IDBRequest<OutboxEntry | undefined> = entries.index('id').get([room, id])
        request.onsuccess = () => {
          if (request.result !== undefined) entries.delete(request.result.order)
        }
        return () => request.result
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
