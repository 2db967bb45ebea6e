import type { Message } from '../../src/protocol/server-frames.ts'
import type { SessionView } from '../session/index.ts'
import { isForgotten } from './forgotten-rooms.ts'
import { recentRooms } from './recent-rooms.ts'

const DATABASE = 'hallway-shelf'
const PAGES = 'pages'
const DAY_MS = 86_400_000

/** The newest messages of a room, as this browser last received them. */
export interface CachedPage {
  room: string
  /** The person's id in that room. */
  by: string
  /** How many days the room keeps a message; absent for ever. */
  days?: number
  messages: readonly Message[]
}

export const CACHED_MESSAGES_MAX = 50
const CACHED_ROOMS_MAX = 12

/** The page to store of a joined room, without pending messages and without blocked people's. */
export function pageOf(room: string, { self, timeline }: Pick<SessionView, 'self' | 'timeline'>) {
  if (self === undefined) return undefined
  const { blocked = [] } = self
  const messages = timeline.flatMap((item) =>
    item.kind === 'message' && item.editing === undefined && !blocked.includes(item.message.by)
      ? [item.message]
      : [],
  )
  const days = Number.parseInt(self.retention ?? '', 10)
  const page: CachedPage = { room, by: self.by, messages: messages.slice(-CACHED_MESSAGES_MAX) }
  return Number.isFinite(days) ? { ...page, days } : page
}

/** Drops the messages that are older than the room's retention. */
export function stillKept({ messages, days }: CachedPage, now: number): readonly Message[] {
  return days === undefined ? messages : messages.filter(({ time }) => time > now - days * DAY_MS)
}

/** Replaces the stored page of a room. Only the newest rooms in the person's list keep one. */
export async function saveCachedPage(page: CachedPage): Promise<void> {
  const known = new Set(
    recentRooms()
      .slice(0, CACHED_ROOMS_MAX)
      .map(({ room }) => room),
  )
  await inCache('readwrite', (pages) => {
    if (known.has(page.room) && !isForgotten(page.room)) pages.put(page)
    const kept = pages.getAllKeys()
    kept.onsuccess = () => {
      for (const room of kept.result) if (!known.has(String(room))) pages.delete(room)
    }
    return kept
  })
}

export async function deleteCachedPage(room: string): Promise<void> {
  await inCache('readwrite', (pages) => pages.delete(room))
}

export function readCachedPage(room: string): Promise<CachedPage | undefined> {
  return inCache('readonly', (pages) => pages.get(room) as IDBRequest<CachedPage | undefined>)
}

let opened: Promise<IDBDatabase> | undefined

function inCache<T>(
  mode: IDBTransactionMode,
  work: (pages: IDBObjectStore) => IDBRequest<T>,
): Promise<T | undefined> {
  opened ??= open()
  return opened.then(
    (database) =>
      new Promise<T | undefined>((resolve) => {
        const transaction = database.transaction(PAGES, mode)
        const request = work(transaction.objectStore(PAGES))
        transaction.oncomplete = () => resolve(request.result)
        transaction.onabort = () => resolve(undefined)
      }),
    // Without storage there is nothing to read offline.
    () => undefined,
  )
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(PAGES, { keyPath: 'room' })
    request.onsuccess = () => {
      const database = request.result
      // Another tab signs out and deletes the cache.
      database.onversionchange = () => {
        database.close()
        opened = undefined
      }
      resolve(database)
    }
    request.onerror = () => reject(request.error)
  })
}
