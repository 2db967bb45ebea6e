import type { Stamp } from './stamp.ts'
import type { OutboxEntry, OutboxStore } from './types.ts'

/**
 * A room's outbox entries as the storage holds them, kept in memory too, so that they can be shown at once. What
 * another tab adds or removes is taken over; what is in the log already is never shown or sent again.
 */
export interface Entries {
  /** In the order they were typed, those included whose storing is under way. Another array after each change. */
  readonly shown: readonly OutboxEntry[]
  /** The oldest that is stored, not refused, and not in the log. */
  readonly next: OutboxEntry | undefined
  stored(id: string): OutboxEntry | undefined
  /** Takes over what the storage holds. */
  reload(): Promise<void>
  /** Shows it at once; resolves when it is stored. Where that fails it is gone again. */
  add(entry: Omit<OutboxEntry, 'order'>): Promise<void>
  /** Counts only once it is stored. */
  update(entry: OutboxEntry): Promise<void>
  stamp(id: string, at: Stamp): Promise<void>
  remove(id: string): Promise<void>
  /** It is in the log, whatever the storage still lists. */
  settle(id: string): void
  /** The log is known from another place on: what another tab sent is either there or too old to be shown. */
  restart(): void
}

interface Options {
  room: string
  store: OutboxStore
  /** `shown` is another array. */
  changed(): void
  broken(error: unknown): void
}

export function createEntries({ room, store, changed, broken }: Options): Entries {
  let stored: readonly OutboxEntry[] = []
  let storing: readonly OutboxEntry[] = []
  /** Messages that another tab has sent and of which the log has not told here yet: shown, and sent no more. */
  let passed: readonly OutboxEntry[] = []
  let shown: readonly OutboxEntry[] = []
  const settled = new Set<string>()
  /** Counts the changes made here. */
  let version = 0
  let isStale = false
  let reloading: Promise<void> | undefined

  function keep(next: readonly OutboxEntry[]): void {
    version += 1
    stored = next
    show()
  }

  function show(): void {
    const known = new Set(stored.map(({ id }) => id))
    const isMissing = ({ id }: OutboxEntry): boolean => !known.has(id) && !settled.has(id)
    const next = [...passed.filter(isMissing), ...stored, ...storing.filter(isMissing)]
    if (next.length === shown.length && next.every((entry, index) => entry === shown[index])) return
    shown = next
    changed()
  }

  /** Lists once more where something was changed here meanwhile. */
  async function relist(): Promise<void> {
    try {
      while (isStale) {
        isStale = false
        const before = version
        const listed = await store.list(room)
        if (version === before) take(listed)
        else isStale = true
      }
    } finally {
      reloading = undefined
    }
  }

  function take(listed: readonly OutboxEntry[]): void {
    for (const { id } of listed) if (settled.has(id)) forget(id)
    const known = new Map(stored.map((entry) => [entry.id, entry]))
    const left = new Set(listed.map(({ id }) => id))
    passed = [
      ...passed.filter(({ id }) => !settled.has(id)),
      ...stored.filter((one) => !left.has(one.id) && isSent(one)),
    ]
    keep(listed.filter(({ id }) => !settled.has(id)).map((entry) => sameOr(known.get(entry.id), entry)))
  }

  function replace(id: string, entry: OutboxEntry | undefined): void {
    keep(stored.flatMap((one) => (one.id === id ? (entry ?? []) : one)))
  }

  function forget(id: string): void {
    store.remove(room, id).catch(broken)
  }

  return {
    get shown() {
      return shown
    },
    get next() {
      return stored.find(({ failed }) => failed === undefined)
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
        if (settled.has(entry.id)) forget(entry.id)
        else keep([...others, added].sort((one, other) => one.order - other.order))
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
      keep(stored.filter((one) => one.id !== id))
      await store.remove(room, id)
    },
    settle(id) {
      settled.add(id)
      if (stored.some((one) => one.id === id)) {
        keep(stored.filter((one) => one.id !== id))
        forget(id)
      } else show()
    },
    restart() {
      passed = []
      show()
    },
  }
}

/** A message leaves the storage unrefused only when it is in the log. */
function isSent({ failed, frame }: OutboxEntry): boolean {
  return failed === undefined && frame.event === 'updateChat'
}

/** The entry as it is known here already, unless it was changed. */
function sameOr(known: OutboxEntry | undefined, entry: OutboxEntry): OutboxEntry {
  const isSame =
    known !== undefined &&
    known.order === entry.order &&
    known.frame.data.since === entry.frame.data.since &&
    known.failed?.code === entry.failed?.code
  return isSame ? known : entry
}
