import { isChange } from './apply-change.ts'
import type { Stamp } from './stamp.ts'
import type { OutboxEntry, OutboxStore } from './types.ts'

/**
 * A room's outbox entries, as the storage holds them, mirrored in memory so that they show at once. It follows what
 * other tabs add and remove; an entry that is in the log is never shown or sent again.
 */
export interface Entries {
  /** In the order of queueing, with those that are still being stored. Another array after each change. */
  readonly shown: readonly OutboxEntry[]
  /**
   * The oldest entry that is stored, not refused and not in the log. While that one is `waiting`: the first deletion of a
   * message that no entry before it changes.
   */
  next(isWaiting?: boolean): OutboxEntry | undefined
  stored(id: string): OutboxEntry | undefined
  /** Reads the storage. */
  reload(): Promise<void>
  /** Shows an entry at once; resolves when it is stored. If storing fails, the entry goes and this rejects. */
  add(entry: Omit<OutboxEntry, 'order'>): Promise<void>
  /** Replaces an entry, once the storage has it. */
  update(entry: OutboxEntry): Promise<void>
  stamp(id: string, at: Stamp): Promise<void>
  remove(id: string): Promise<void>
  /** The entry is in the log, even if the storage still lists it. */
  settle(id: string): void
  /** The timeline starts again: what another tab sent is in it, or is too old to show. */
  restart(): void
}

interface Options {
  room: string
  store: OutboxStore
  /** `shown` has changed. */
  changed(): void
  storageFailed(error: unknown): void
}

/** An entry leaves the storage soon after it is in the log. One that does not is sent again, and the server knows it. */
const KEPT_IDS = 1_000

export function createEntries({ room, store, changed, storageFailed }: Options): Entries {
  let stored: readonly OutboxEntry[] = []
  let storing: readonly OutboxEntry[] = []
  /** Messages that another tab sent and that the log has not brought here yet: they show, but are not sent again. */
  let sentElsewhere: readonly OutboxEntry[] = []
  let shown: readonly OutboxEntry[] = []
  /** The newest ids that the log has brought. */
  const settled = new Set<string>()
  /** Counts the changes that this tab made. */
  let version = 0
  let isStale = false
  let reloading: Promise<void> | undefined

  function setStored(next: readonly OutboxEntry[]): void {
    version += 1
    stored = next
    show()
  }

  function show(): void {
    const known = new Set(stored.map(({ id }) => id))
    const isMissing = ({ id }: OutboxEntry): boolean => !known.has(id) && !settled.has(id)
    const next = [...sentElsewhere.filter(isMissing), ...stored, ...storing.filter(isMissing)]
    if (next.length === shown.length && next.every((entry, index) => entry === shown[index])) return
    shown = next
    changed()
  }

  /** Reads the storage again if this tab changed an entry meanwhile. */
  async function relist(): Promise<void> {
    try {
      while (isStale) {
        isStale = false
        const before = version
        const listed = await store.list(room)
        if (version === before) takeOver(listed)
        else isStale = true
      }
    } finally {
      reloading = undefined
    }
  }

  function takeOver(listed: readonly OutboxEntry[]): void {
    for (const { id } of listed) if (settled.has(id)) removeStored(id)
    const known = new Map(stored.map((entry) => [entry.id, entry]))
    const left = new Set(listed.map(({ id }) => id))
    sentElsewhere = [
      ...sentElsewhere.filter(({ id }) => !settled.has(id)),
      ...stored.filter((one) => !left.has(one.id) && isSent(one)),
    ]
    setStored(listed.filter(({ id }) => !settled.has(id)).map((entry) => sameOr(known.get(entry.id), entry)))
  }

  function replace(id: string, entry: OutboxEntry | undefined): void {
    setStored(stored.flatMap((one) => (one.id === id ? (entry ?? []) : one)))
  }

  function removeStored(id: string): void {
    store.remove(room, id).catch(storageFailed)
  }

  return {
    get shown() {
      return shown
    },
    next(isWaiting = false) {
      const changed = new Set<number>()
      return stored.find(({ failed, frame }) => {
        if (failed !== undefined) return false
        if (!isWaiting) return true
        if (!isChange(frame)) return false
        const { ref } = frame.data
        if (frame.event === 'deleteChat' && !changed.has(ref)) return true
        changed.add(ref)
        return false
      })
    },
    stored: (id) => stored.find((entry) => entry.id === id),
    reload() {
      isStale = true
      reloading ??= relist()
      return reloading
    },
    async add(entry) {
      const placeholder = { ...entry, order: Number.MAX_SAFE_INTEGER }
      storing = [...storing, placeholder]
      show()
      try {
        const added = await store.add(entry)
        const others = stored.filter(({ id }) => id !== entry.id)
        storing = storing.filter((one) => one !== placeholder)
        if (settled.has(entry.id)) removeStored(entry.id)
        else setStored([...others, added].sort((one, other) => one.order - other.order))
      } catch (error) {
        storing = storing.filter((one) => one !== placeholder)
        show()
        throw error
      }
    },
    async update(entry) {
      await store.update(entry)
      replace(entry.id, entry)
    },
    async stamp(id, at) {
      replace(id, await store.stamp(room, id, at))
    },
    async remove(id) {
      setStored(stored.filter((one) => one.id !== id))
      await store.remove(room, id)
    },
    settle(id) {
      settled.add(id)
      sentElsewhere = sentElsewhere.filter((one) => one.id !== id)
      const [oldest = ''] = settled
      if (settled.size > KEPT_IDS) settled.delete(oldest)
      if (stored.some((one) => one.id === id)) {
        setStored(stored.filter((one) => one.id !== id))
        removeStored(id)
      } else show()
    },
    restart() {
      sentElsewhere = []
      show()
    },
  }
}

/** A message that was sent, and leaves the storage without a refusal, is in the log. */
function isSent({ failed, frame }: OutboxEntry): boolean {
  return failed === undefined && frame.event === 'updateChat' && frame.data.since !== undefined
}

/** The known object, unless the entry has changed. */
function sameOr(known: OutboxEntry | undefined, entry: OutboxEntry): OutboxEntry {
  const isSame =
    known !== undefined &&
    known.order === entry.order &&
    known.unsaved === entry.unsaved &&
    known.frame.data.since === entry.frame.data.since &&
    known.failed?.code === entry.failed?.code
  return isSame ? known : entry
}
