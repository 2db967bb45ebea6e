import type { OutboxEntry, withStamp } from '../session/index.ts'
import type { EntryCalls, StoredEntries } from './outbox-indexeddb.ts'

/** Entries in memory stand after all that are stored. */
const MEMORY_ORDER = 2 ** 50

/**
 * The entries that the storage has, and beside them those that it does not take: it opens late, or the disk is full. They are
 * `unsaved`: they wait in memory, in their order, and move in once the storage takes them.
 */
export function besideStored(
  stored: () => Promise<StoredEntries | undefined>,
  tell: (room: string) => void,
  stamped: typeof withStamp,
): EntryCalls {
  /** By room and id, in order. */
  const memory = new Map<string, OutboxEntry>()
  let order = MEMORY_ORDER
  let tail: Promise<unknown> = Promise.resolve()

  /** Runs the calls of this tab one after the other: an entry may move while another call asks for it. */
  function inTurn<T>(work: (database: StoredEntries | undefined) => Promise<T>): Promise<T> {
    const done = tail.then(async () => {
      const database = await stored()
      if (database) await moveIn(database).catch(() => {})
      return work(database)
    })
    tail = done.catch(() => {})
    return done
  }

  async function moveIn(database: StoredEntries): Promise<void> {
    for (const [key, { order: _, unsaved: __, ...entry }] of memory) {
      await database.add(entry)
      memory.delete(key)
      tell(entry.room)
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
    room: string,
    id: string,
    here: (entry: OutboxEntry) => OutboxEntry,
    there: (database: StoredEntries) => Promise<T>,
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
    add: (entry) =>
      inTurn(async (database) =>
        database === undefined || memory.size > 0
          ? keep(entry)
          : database.add(entry).catch(() => keep(entry)),
      ),
    async update(entry) {
      await change(
        entry.room,
        entry.id,
        () => entry,
        (database) => database.update(entry),
      )
    },
    stamp: (room, id, at) =>
      change(
        room,
        id,
        (entry) => (entry.frame.data.since === undefined ? stamped(entry, at) : entry),
        (database) => database.stamp(room, id, at),
      ),
    remove: (room, id) =>
      inTurn(async (database) => {
        if (!memory.delete(keyOf(room, id))) await database?.remove(room, id)
      }),
  }
}

function keyOf(room: string, id: string): string {
  return `${room} ${id}`
}
