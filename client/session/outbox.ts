import { ERRORS, ruleOf } from '../../src/protocol/errors.ts'
import { backoff } from './backoff.ts'
import { createEntries } from './entries.ts'
import type { ConnectionProblem } from './machine.ts'
import { withData } from './stamp.ts'
import type { TimelinePosition } from './timeline.ts'
import type { OutboxEntry, OutboxFrame, OutboxStore, SessionOptions } from './types.ts'

/** A frame that a live connection leaves unanswered for this long is lost. */
export const UNANSWERED_MS = 10_000
const STORAGE_PAUSE_MS = 5_000
const TOO_LARGE: ConnectionProblem = { code: 'too-large', message: ERRORS['too-large'].message }

export interface Refusal extends ConnectionProblem {
  readonly retryAfter?: number
}

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
  const { changed, storageFailed } = host
  const entries = createEntries({ room, store, changed, storageFailed })
  let connection: AbortController | undefined
  let isDraining = false
  let drainAgain = false
  let inFlight: { id: string; answer(outcome: Outcome): void } | undefined
  const unsubscribe = store.subscribe(room, reload)
  reload()

  function reload(): void {
    entries.reload().then(startDraining, storageFailed)
  }

  /** Drains while there are entries and a connection, in one tab at a time. */
  function startDraining(): void {
    if (connection === undefined || entries.next === undefined) return
    drainAgain = isDraining
    if (isDraining) return
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

  /** Sends in the order of queueing; each entry waits until the one before is stored or refused. */
  async function drain(signal: AbortSignal): Promise<void> {
    await entries.reload()
    let failures = 0
    while (!signal.aborted) {
      const entry = entries.next
      if (entry === undefined) return
      if (entry.frame.data.since === undefined) {
        await stamp(entry)
        continue
      }
      const outcome = await send(entry, signal)
      if (outcome.kind === 'disconnected') return
      if (outcome.kind === 'stored') {
        failures = 0
        continue
      }
      const { code, message, retryAfter } = outcome.refusal
      if (ruleOf(code).remedy === 'retry') {
        await pause(retryAfter ?? backoff(failures, random()), signal)
        failures += 1
      } else await fail(entry, { code, message }, retryAfter)
    }
  }

  /**
   * Gives an entry that was queued before the first join its `since`, before it is first sent: it cannot be in the
   * log yet. If several tabs do so, the first stamp counts for all.
   */
  async function stamp(entry: OutboxEntry): Promise<void> {
    const at = host.position()
    if (at === undefined) throw new Error('The outbox sends nothing before the first join')
    await entries.stamp(entry.id, { since: at.seq, epoch: at.epoch })
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
    const at = host.position()
    const data = { room, id, since: at?.seq, epoch: at?.epoch }
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
      await add(entry.frame)
      await entries.remove(id)
    },
    async discard(id) {
      if (entries.stored(id)?.failed !== undefined) await entries.remove(id)
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
      close()
    },
  }
}

/** Whether a refused change stays, to be retried or discarded: a reaction or a topic has no row to do that from. */
export function staysWhenFailed({ event }: OutboxFrame): boolean {
  return event !== 'react' && event !== 'setTopic'
}
