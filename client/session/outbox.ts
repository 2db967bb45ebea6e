import { ERRORS, ruleOf } from '../../src/protocol/errors.ts'
import { backoff } from './backoff.ts'
import type { Problem } from './machine.ts'
import type { Position } from './timeline.ts'
import type { OutboxEntry, OutboxFrame, OutboxStore, SessionOptions } from './types.ts'

/** A send that is not answered within this on a live connection was lost. */
export const UNANSWERED_MS = 10_000

const BROKEN_PAUSE_MS = 5_000
const TOO_LARGE: Problem = { code: 'too-large', message: ERRORS['too-large'].message }

export interface Refusal extends Problem {
  readonly retryAfter?: number
}

/** What the outbox asks of the session it serves. */
export interface Carrier {
  transmit(frame: OutboxFrame): void
  /** Up to where the log is known; asked only while connected. */
  position(): Position | undefined
  /** A send was lost, on a connection that seems well. */
  unanswered(): void
  /** The server will never take this entry. */
  failed(entry: OutboxEntry, problem: Problem): void
  /** `entries` is another array. */
  changed(): void
  /** The storage failed; what is in memory is still tried. */
  broken(error: unknown): void
}

/** What was typed here and is not known to be in the log, and its way there. */
export interface Outbox {
  /** In the order they were typed. Another array after each change. */
  readonly entries: readonly OutboxEntry[]
  find(id: string): OutboxEntry | undefined
  /** Queues a change; resolves once it is stored. It is in `entries` at once. */
  add(frame: OutboxFrame): Promise<void>
  /** Queues a failed entry again under a new id. */
  retry(id: string): Promise<void>
  discard(id: string): Promise<void>
  /** From now until `disconnect` entries may be sent. */
  connect(): void
  /** `tooLarge`: the socket was closed because of the size of what was sent last. */
  disconnect(tooLarge?: boolean): void
  /** An entry is in the log: an ack said so, or the log itself. */
  settle(id: string): void
  /** Answers false where the refusal concerns no entry that is on its way. */
  refuse(id: string, refusal: Refusal): boolean
  close(): void
}

type Outcome = { kind: 'stored' } | { kind: 'cut' } | { kind: 'refused'; refusal: Refusal }

type Options = Pick<SessionOptions, 'room' | 'clock' | 'random' | 'newId'> & { store: OutboxStore }

export function createOutbox(options: Options, carrier: Carrier): Outbox {
  const { room, store, clock } = options
  let entries: readonly OutboxEntry[] = []
  /** Entries whose storing is under way, shown already and sent only afterwards. */
  let storing: readonly OutboxEntry[] = []
  let shown: readonly OutboxEntry[] = []
  /** Ids that are in the log, whatever the storage still lists. */
  const settled = new Set<string>()
  let link: AbortController | undefined
  let draining = false
  let again = false
  let onItsWay: { entry: OutboxEntry; answer(outcome: Outcome): void } | undefined
  /** Counts the changes made here. */
  let version = 0
  let stale = false
  let reloading: Promise<void> | undefined
  const unsubscribe = store.subscribe(room, () => void reload().then(kick).catch(carrier.broken))
  void reload().then(kick).catch(carrier.broken)

  function show(): void {
    const known = new Set(entries.map(({ id }) => id))
    shown = [...entries, ...storing.filter(({ id }) => !known.has(id) && !settled.has(id))]
    carrier.changed()
  }

  function keep(next: readonly OutboxEntry[]): void {
    version += 1
    const same = next.length === entries.length && next.every((entry, index) => entry === entries[index])
    entries = next
    if (!same) show()
  }

  /** Takes over what the storage holds; once more, where something was changed here meanwhile. */
  function reload(): Promise<void> {
    stale = true
    reloading ??= relist()
    return reloading
  }

  async function relist(): Promise<void> {
    try {
      while (stale) {
        stale = false
        const before = version
        const listed = await store.list(room)
        if (version === before) take(listed)
        else stale = true
      }
    } finally {
      reloading = undefined
    }
  }

  function take(listed: readonly OutboxEntry[]): void {
    for (const { id } of listed) if (settled.has(id)) forget(id)
    const known = new Map(entries.map((entry) => [entry.id, entry]))
    keep(listed.filter(({ id }) => !settled.has(id)).map((entry) => sameOr(known.get(entry.id), entry)))
  }

  function forget(id: string): void {
    store.remove(room, id).catch(carrier.broken)
  }

  async function add(frame: OutboxFrame, id = options.newId()): Promise<void> {
    const at = carrier.position()
    const entry = { id, room, time: clock.now(), frame: addressed(frame, { room, id, at }) }
    const placeholder = { ...entry, order: Number.MAX_SAFE_INTEGER }
    storing = [...storing, placeholder]
    show()
    try {
      const stored = await store.add(entry)
      storing = storing.filter((one) => one !== placeholder)
      if (settled.has(id)) forget(id)
      else if (!entries.some((one) => one.id === id)) keep(inOrder([...entries, stored]))
      kick()
    } catch (error) {
      storing = storing.filter((one) => one !== placeholder)
      show()
      throw error
    }
  }

  function kick(): void {
    if (link === undefined || !entries.some(isSendable)) return
    if (draining) {
      again = true
      return
    }
    draining = true
    const { signal } = link
    store
      .exclusively(room, () => drain(signal), signal)
      .catch((error) => {
        if (signal.aborted) return
        carrier.broken(error)
        again = true
        return pause(BROKEN_PAUSE_MS, signal)
      })
      .then(() => {
        draining = false
        if (!again) return
        again = false
        kick()
      })
  }

  /** Sends what there is in the order it was typed, one at a time. */
  async function drain(signal: AbortSignal): Promise<void> {
    await reload()
    let failures = 0
    for (;;) {
      const next = entries.find(isSendable)
      if (next === undefined || signal.aborted) return
      const entry = await stamp(next)
      if (entry === undefined || signal.aborted) return
      if (!isSendable(entry)) continue
      const outcome = await send(entry, signal)
      if (outcome.kind === 'cut') return
      if (outcome.kind === 'stored') {
        failures = 0
        await store.remove(room, entry.id)
        continue
      }
      const { code, message, retryAfter } = outcome.refusal
      if (ruleOf(code).remedy === 'retry') {
        await pause(retryAfter ?? backoff(failures, options.random()), signal)
        failures += 1
      } else await fail(entry, { code, message })
    }
  }

  /**
   * An entry queued before the first join gets its `since` before it is first sent, and keeps it: what was never
   * sent cannot be in the log yet.
   */
  async function stamp(entry: OutboxEntry): Promise<OutboxEntry | undefined> {
    if (entry.frame.data.since !== undefined) return entry
    const at = carrier.position()
    if (at === undefined) return undefined
    const stamped = { ...entry, frame: addressed(entry.frame, { room, id: entry.id, at }) }
    await store.update(stamped)
    keep(entries.map((one) => (one.id === entry.id ? stamped : one)))
    return stamped
  }

  function send(entry: OutboxEntry, signal: AbortSignal): Promise<Outcome> {
    return new Promise((resolve) => {
      const cancel = clock.after(UNANSWERED_MS, () => carrier.unanswered())
      const cut = (): void => answer({ kind: 'cut' })
      const answer = (outcome: Outcome): void => {
        cancel()
        signal.removeEventListener('abort', cut)
        onItsWay = undefined
        resolve(outcome)
      }
      onItsWay = { entry, answer }
      signal.addEventListener('abort', cut)
      carrier.transmit(entry.frame)
    })
  }

  function pause(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const over = (): void => {
        cancel()
        signal.removeEventListener('abort', over)
        resolve()
      }
      const cancel = clock.after(ms, over)
      signal.addEventListener('abort', over)
      if (signal.aborted) over()
    })
  }

  async function fail(entry: OutboxEntry, problem: Problem): Promise<void> {
    carrier.failed(entry, problem)
    if (!isShownWhenFailed(entry.frame)) return drop(entry.id)
    const failed = { ...entry, failed: problem }
    keep(entries.map((one) => (one.id === entry.id ? failed : one)))
    await store.update(failed)
  }

  async function drop(id: string): Promise<void> {
    keep(entries.filter((one) => one.id !== id))
    await store.remove(room, id)
  }

  function isSendable({ id, failed }: OutboxEntry): boolean {
    return failed === undefined && !settled.has(id)
  }

  return {
    get entries() {
      return shown
    },
    find: (id) => shown.find((entry) => entry.id === id),
    add: (frame) => add(frame),
    async retry(id) {
      const entry = entries.find((one) => one.id === id)
      if (entry?.failed === undefined) return
      await add(entry.frame)
      await drop(id)
    },
    async discard(id) {
      const entry = entries.find((one) => one.id === id)
      if (entry?.failed !== undefined) await drop(id)
    },
    connect() {
      if (link !== undefined) return
      link = new AbortController()
      kick()
    },
    disconnect(tooLarge = false) {
      if (tooLarge) onItsWay?.answer({ kind: 'refused', refusal: TOO_LARGE })
      link?.abort()
      link = undefined
    },
    settle(id) {
      if (settled.has(id)) return
      settled.add(id)
      if (!shown.some((one) => one.id === id)) return
      if (onItsWay?.entry.id === id) onItsWay.answer({ kind: 'stored' })
      else if (entries.some((one) => one.id === id)) forget(id)
      version += 1
      entries = entries.filter((one) => one.id !== id)
      show()
    },
    refuse(id, refusal) {
      if (onItsWay?.entry.id !== id) return false
      onItsWay.answer({ kind: 'refused', refusal })
      return true
    },
    close() {
      unsubscribe()
      link?.abort()
      link = undefined
    },
  }
}

/** The frame as it goes on the wire, under this id and from this moment. */
function addressed(
  frame: OutboxFrame,
  { room, id, at }: { room: string; id: string; at: Position | undefined },
): OutboxFrame {
  const data = Object.assign({}, frame.data, { room, id, since: at?.seq, epoch: at?.epoch })
  return Object.assign({}, frame, { data })
}

/** A refused reaction or topic has no row to be retried from. */
function isShownWhenFailed({ event }: OutboxFrame): boolean {
  return event !== 'react' && event !== 'setTopic'
}

function inOrder(entries: readonly OutboxEntry[]): OutboxEntry[] {
  return entries.toSorted((one, other) => one.order - other.order)
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
