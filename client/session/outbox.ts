import { ruleOf } from '../../src/protocol/error-rules.ts'
import { isChange } from './apply-change.ts'
import { backoff } from './backoff.ts'
import { createEntries } from './entries.ts'
import type { ConnectionProblem } from './machine.ts'
import { restamped, withData } from './stamp.ts'
import type { TimelinePosition } from './timeline.ts'
import type { OutboxEntry, OutboxFrame, OutboxStore, SessionOptions } from './types.ts'

/** A frame that a live connection leaves unanswered for this long is lost. */
export const UNANSWERED_MS = 10_000
const STORAGE_PAUSE_MS = 5_000
/** Slow mode has a message wait for longer than other limits do: deletions, which it does not count, need not wait behind it. */
const LONG_WAIT_MS = 2_000
/** The server pays for each change after `since` that it looks through. With fewer than this, raising it is not worth a write. */
const RAISE_AFTER = 1_000
const TOO_LARGE: ConnectionProblem = { code: 'too-large', message: '' }

export type Refusal = ConnectionProblem

/** The session that an outbox serves. */
export interface OutboxHost {
  send(frame: OutboxFrame): void
  /** How far the log is known; undefined only before the first join. */
  position(): TimelinePosition | undefined
  /** A frame was lost on a connection that seems well. */
  unanswered(): void
  /** The server refused an entry for good. */
  refused(entry: OutboxEntry, problem: ConnectionProblem): void
  /** `entries` is another array. */
  changed(): void
  /** The server can write nothing for now, or can again. */
  held(until: { until?: number } | undefined): void
  /** The storage failed. */
  storageFailed(error: unknown): void
}

/** Changes that were made here and are not known to be in the log, and their way there. */
export interface Outbox {
  /** In the order they were typed. Another array after each change. */
  readonly entries: readonly OutboxEntry[]
  /** Queues a change. It is in `entries` at once; resolves when the storage has it, rejects if that fails. */
  add(frame: OutboxFrame): Promise<void>
  /** Queues a refused entry again, under a new id. */
  retry(id: string): Promise<void>
  /** Takes an entry back. One in flight goes unless it turns out to be stored. */
  discard(id: string): Promise<void>
  /** Starts sending, until `disconnect`. */
  connect(): void
  /** `tooLarge`: the server closed the socket because the entry in flight is too large. */
  disconnect(tooLarge?: boolean): void
  /** An entry is in the log, by its ack or by the log itself. */
  settle(id: string): void
  /** The timeline starts again from another place. */
  restart(): void
  /** Returns false if the entry is not in flight. */
  refuse(id: string, refusal: Refusal): boolean
  close(): void
}

type Outcome = { kind: 'stored' } | { kind: 'disconnected' } | { kind: 'refused'; refusal: Refusal }

type Options = Pick<SessionOptions, 'room' | 'clock' | 'random' | 'newId'> & { store: OutboxStore }

export function createOutbox({ room, store, clock, random, newId }: Options, host: OutboxHost): Outbox {
  const { changed } = host
  const entries = createEntries({ room, store, changed, storageFailed })
  let connection: AbortController | undefined
  let lookAgain: (() => void) | undefined
  let isDraining = false
  let drainAgain = false
  /** Ends the wait of a drain that has nothing to send for now. */
  let goOn = (): void => {}
  let inFlight: { id: string; answer(outcome: Outcome): void } | undefined
  /** Entries that the person took back while they were in flight. */
  const takenBack = new Set<string>()
  const unsubscribe = store.subscribe(room, reload)
  reload()

  /** Looks again later: what the storage refused to give or to remove is still in it. */
  function storageFailed(error: unknown): void {
    host.storageFailed(error)
    lookAgain ??= clock.after(STORAGE_PAUSE_MS, () => {
      lookAgain = undefined
      reload()
    })
  }

  function reload(): void {
    entries.reload().then(startDraining, storageFailed)
  }

  /** Drains while there are entries and a connection, in one tab at a time. */
  function startDraining(): void {
    if (connection === undefined || entries.next() === undefined) return
    drainAgain = isDraining
    if (isDraining) return goOn()
    isDraining = true
    const { signal } = connection
    store
      .exclusively(room, () => drain(signal), signal)
      .catch((error) => {
        if (signal.aborted) return
        storageFailed(error)
        drainAgain = true
        return pause(STORAGE_PAUSE_MS, signal)
      })
      .then(() => {
        isDraining = false
        if (drainAgain) startDraining()
      })
  }

  /** Sends in the order of queueing; each entry waits until the one before is stored or refused. Deletions pass slow mode. */
  async function drain(signal: AbortSignal): Promise<void> {
    await entries.reload()
    let failures = 0
    let isWaiting = false
    while (!signal.aborted) {
      const first = entries.next(isWaiting)
      if (first === undefined) {
        if (!isWaiting) return host.held(undefined)
        await new Promise<void>((resolve) => {
          goOn = resolve
        })
        continue
      }
      await stamp(first)
      const entry = entries.next(isWaiting)
      // It may be gone by now, here or in another tab.
      if (entry?.id !== first.id || entry.frame.data.since === undefined || signal.aborted) continue
      const outcome = await send(entry, signal)
      if (takenBack.delete(entry.id) && outcome.kind !== 'stored') await entries.remove(entry.id)
      if (outcome.kind === 'disconnected') return
      if (outcome.kind === 'stored') {
        failures = 0
        host.held(undefined)
        continue
      }
      const { code, message, retryAfter, until } = outcome.refusal
      host.held(code !== 'unavailable' ? undefined : until === undefined ? {} : { until })
      if (entries.stored(entry.id) === undefined) continue
      if (ruleOf(code).remedy === 'retry') {
        const isAnnounced = retryAfter !== undefined && failures === 0
        const pausing = pause(
          Math.max(retryAfter ?? 0, isAnnounced ? 0 : backoff(failures, random())),
          signal,
        )
        failures += 1
        const isSlowed = code === 'rate-limited' && entry.frame.event !== 'deleteChat'
        if (isWaiting || !isSlowed || (retryAfter ?? 0) < LONG_WAIT_MS) await pausing
        else {
          isWaiting = true
          void pausing.then(() => {
            isWaiting = false
            goOn()
          })
        }
      } else await fail(entry, { code, message }, retryAfter)
    }
  }

  /**
   * Gives an entry its `since` before it is first sent: it cannot be in the log yet. If several tabs do so, the first
   * stamp counts for all. Later the entry may move up to where every change was seen here and was not this one.
   */
  async function stamp(entry: OutboxEntry): Promise<void> {
    const at = host.position()
    if (at === undefined) throw new Error('Not joined yet')
    const { since, epoch } = entry.frame.data
    if (since === undefined) await entries.stamp(entry.id, { since: at.seq, epoch: at.epoch })
    else if (epoch === at.epoch && since >= at.from && at.seq - since >= RAISE_AFTER)
      await entries.update(restamped(entry, { since: at.seq, epoch }))
  }

  function send({ id, frame }: OutboxEntry, signal: AbortSignal): Promise<Outcome> {
    return new Promise((resolve) => {
      const cancel = clock.after(UNANSWERED_MS, () => host.unanswered())
      const disconnected = (): void => answer({ kind: 'disconnected' })
      const answer = (outcome: Outcome): void => {
        cancel()
        signal.removeEventListener('abort', disconnected)
        inFlight = undefined
        resolve(outcome)
      }
      inFlight = { id, answer }
      signal.addEventListener('abort', disconnected)
      host.send(frame)
    })
  }

  function pause(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const finish = (): void => {
        cancel()
        signal.removeEventListener('abort', finish)
        resolve()
      }
      const cancel = clock.after(ms, finish)
      signal.addEventListener('abort', finish)
      if (signal.aborted) finish()
    })
  }

  async function fail(entry: OutboxEntry, problem: ConnectionProblem, ms?: number): Promise<void> {
    host.refused(entry, problem)
    const failed = { ...problem, ...(ms === undefined ? {} : { until: clock.now() + ms }) }
    if (staysWhenFailed(entry.frame)) await entries.update({ ...entry, failed })
    else await entries.remove(entry.id)
  }

  async function add(frame: OutboxFrame): Promise<void> {
    const id = newId()
    const epoch = refersToLog(frame) ? host.position()?.epoch : undefined
    const data = { room, id, since: undefined, epoch }
    await entries.add({ id, room, time: clock.now(), frame: withData(frame, data) })
    startDraining()
  }

  function close(): void {
    connection?.abort()
    connection = undefined
  }

  return {
    get entries() {
      return entries.shown
    },
    add,
    async retry(id) {
      const entry = entries.stored(id)
      if (entry?.failed === undefined) return
      const { frame } = entry
      // In another epoch what it refers to is another message.
      const isEarlier = frame.data.epoch !== host.position()?.epoch
      if (isEarlier && isChange(frame)) return
      const isReply = isEarlier && frame.event === 'updateChat'
      await add(isReply ? { ...frame, data: { ...frame.data, replyTo: undefined } } : frame)
      await entries.remove(id)
    },
    async discard(id) {
      if (inFlight?.id === id) takenBack.add(id)
      else await entries.remove(id)
    },
    connect() {
      if (connection !== undefined) return
      connection = new AbortController()
      startDraining()
    },
    disconnect(tooLarge = false) {
      if (tooLarge) inFlight?.answer({ kind: 'refused', refusal: TOO_LARGE })
      close()
    },
    settle(id) {
      entries.settle(id)
      takenBack.delete(id)
      if (inFlight?.id === id) inFlight.answer({ kind: 'stored' })
    },
    restart: () => entries.restart(),
    refuse(id, refusal) {
      if (inFlight?.id !== id) return false
      inFlight.answer({ kind: 'refused', refusal })
      return true
    },
    close() {
      unsubscribe()
      lookAgain?.()
      close()
    },
  }
}

/** Whether a refused change stays, to be retried or discarded: a reaction or a topic has no row to do that from. */
export function staysWhenFailed({ event }: OutboxFrame): boolean {
  return event !== 'react' && event !== 'setTopic'
}

/** Whether a change names another by its `seq`, which means something else in another epoch. */
function refersToLog({ data }: OutboxFrame): boolean {
  return 'ref' in data || ('replyTo' in data && data.replyTo !== undefined)
}
