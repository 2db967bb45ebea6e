import { ERRORS, ruleOf } from '../../src/protocol/errors.ts'
import { backoff } from './backoff.ts'
import { createEntries } from './entries.ts'
import type { ConnectionProblem } from './machine.ts'
import { withData } from './stamp.ts'
import type { TimelinePosition } from './timeline.ts'
import type { OutboxEntry, OutboxFrame, OutboxStore, SessionOptions } from './types.ts'

/** A send that is not answered within this on a live connection was lost. */
export const UNANSWERED_MS = 10_000
const BROKEN_PAUSE_MS = 5_000
const TOO_LARGE: ConnectionProblem = { code: 'too-large', message: ERRORS['too-large'].message }

export interface Refusal extends ConnectionProblem {
  readonly retryAfter?: number
}

/** What the outbox asks of the session it serves. */
export interface Carrier {
  transmit(frame: OutboxFrame): void
  /** Up to where the log is known; absent only before the first join. */
  position(): TimelinePosition | undefined
  /** A send was lost, on a connection that seems well. */
  unanswered(): void
  /** The server will never take this entry. */
  failed(entry: OutboxEntry, problem: ConnectionProblem): void
  /** `entries` is another array. */
  changed(): void
  /** The storage failed. */
  broken(error: unknown): void
}

/** What was typed here and is not known to be in the log, and its way there. */
export interface Outbox {
  /** In the order they were typed. Another array after each change. */
  readonly entries: readonly OutboxEntry[]
  /** Queues a change; resolves once it is stored. It is in `entries` at once. */
  add(frame: OutboxFrame): Promise<void>
  /** Queues a refused entry again under a new id. */
  retry(id: string): Promise<void>
  discard(id: string): Promise<void>
  /** From now until `disconnect` entries may be sent. */
  connect(): void
  /** `tooLarge`: the socket was closed because of the size of what was sent last. */
  disconnect(tooLarge?: boolean): void
  /** An entry is in the log: an ack said so, or the log itself. */
  settle(id: string): void
  /** The log is known from another place on. */
  restart(): void
  /** Answers false where the refusal concerns no entry that is on its way. */
  refuse(id: string, refusal: Refusal): boolean
  close(): void
}

type Outcome = { kind: 'stored' } | { kind: 'cut' } | { kind: 'refused'; refusal: Refusal }

type Options = Pick<SessionOptions, 'room' | 'clock' | 'random' | 'newId'> & { store: OutboxStore }

export function createOutbox({ room, store, clock, random, newId }: Options, carrier: Carrier): Outbox {
  const { changed, broken } = carrier
  const entries = createEntries({ room, store, changed, broken })
  let link: AbortController | undefined
  let isDraining = false
  let again = false
  let onItsWay: { id: string; answer(outcome: Outcome): void } | undefined
  const unsubscribe = store.subscribe(room, reload)
  reload()

  function reload(): void {
    entries.reload().then(kick, broken)
  }

  /** Drains while there is something to send and somewhere to send it, one tab at a time. */
  function kick(): void {
    if (link === undefined || entries.next === undefined) return
    again = isDraining
    if (isDraining) return
    isDraining = true
    const { signal } = link
    store
      .exclusively(room, () => drain(signal), signal)
      .catch((error) => {
        if (signal.aborted) return
        broken(error)
        again = true
        return pause(BROKEN_PAUSE_MS, signal)
      })
      .then(() => {
        isDraining = false
        if (again) kick()
      })
  }

  /** Sends in the order typed, the next one only when the one before is stored or refused. */
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
      if (outcome.kind === 'cut') return
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
   * An entry queued before the first join gets its `since` before it is first sent, and keeps it: what was never
   * sent cannot be in the log yet. Of several tabs that do so the first one's counts, for all.
   */
  async function stamp(entry: OutboxEntry): Promise<void> {
    const at = carrier.position()
    if (at === undefined) throw new Error('Nothing is sent before the first join')
    await entries.stamp(entry.id, { since: at.seq, epoch: at.epoch })
  }

  function send({ id, frame }: OutboxEntry, signal: AbortSignal): Promise<Outcome> {
    return new Promise((resolve) => {
      const cancel = clock.after(UNANSWERED_MS, () => carrier.unanswered())
      const cut = (): void => answer({ kind: 'cut' })
      const answer = (outcome: Outcome): void => {
        cancel()
        signal.removeEventListener('abort', cut)
        onItsWay = undefined
        resolve(outcome)
      }
      onItsWay = { id, answer }
      signal.addEventListener('abort', cut)
      carrier.transmit(frame)
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

  async function fail(entry: OutboxEntry, problem: ConnectionProblem, ms?: number): Promise<void> {
    carrier.failed(entry, problem)
    const failed = { ...problem, ...(ms === undefined ? {} : { until: clock.now() + ms }) }
    if (staysWhenFailed(entry.frame)) await entries.update({ ...entry, failed })
    else await entries.remove(entry.id)
  }

  async function add(frame: OutboxFrame): Promise<void> {
    const id = newId()
    const at = carrier.position()
    const data = { room, id, since: at?.seq, epoch: at?.epoch }
    await entries.add({ id, room, time: clock.now(), frame: withData(frame, data) })
    kick()
  }

  function close(): void {
    link?.abort()
    link = undefined
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
      if (link !== undefined) return
      link = new AbortController()
      kick()
    },
    disconnect(tooLarge = false) {
      if (tooLarge) onItsWay?.answer({ kind: 'refused', refusal: TOO_LARGE })
      close()
    },
    settle(id) {
      entries.settle(id)
      if (onItsWay?.id === id) onItsWay.answer({ kind: 'stored' })
    },
    restart: () => entries.restart(),
    refuse(id, refusal) {
      if (onItsWay?.id !== id) return false
      onItsWay.answer({ kind: 'refused', refusal })
      return true
    },
    close() {
      unsubscribe()
      close()
    },
  }
}

/** To be tried again or given up. A refused reaction or topic has no row to do so from. */
export function staysWhenFailed({ event }: OutboxFrame): boolean {
  return event !== 'react' && event !== 'setTopic'
}
