import { isDeepStrictEqual } from 'node:util'
import type { Session } from '../../client/session/index.ts'
import { ruleOf } from '../../src/protocol/error-rules.ts'
import { parseServerFrames } from '../../src/protocol/parse-server-frames.ts'
import type { LogEntry, Message, ReceivedFrame } from '../../src/protocol/server-frames.ts'
import type { Ack, QueuedChange } from '../../tools/delivery/invariants.ts'
import { naive } from '../../tools/delivery/model.ts'
import { RecordingOutbox } from '../../tools/recording-outbox.ts'
import type { ChaosProxy, Link } from './chaos-proxy.ts'

/** A person with the session kit, behind their own network, which the test can disturb. */
export class Person {
  readonly username: string
  readonly proxy: ChaosProxy
  readonly session: Session
  readonly #outbox = new RecordingOutbox()

  constructor(username: string, proxy: ChaosProxy, open: (outbox: RecordingOutbox) => Session) {
    this.username = username
    this.proxy = proxy
    this.session = open(this.#outbox)
  }

  get by(): string {
    return this.session.view.self?.by ?? ''
  }

  get link(): Link {
    return this.proxy.newest
  }

  get isLive(): boolean {
    return this.session.view.status.kind === 'live'
  }

  get shown(): Message[] {
    return this.session.view.timeline.flatMap((item) => (item.kind === 'message' ? [item.message] : []))
  }

  /** Every change they typed, in order. */
  get typed(): QueuedChange[] {
    return this.#outbox.typed.map(({ id }) => ({ by: this.by, id }))
  }

  /** The refused changes, each with its code. */
  refused(): Map<string, string> {
    const errors = this.#told().flatMap((frame) => (frame.event === 'error' ? [frame.data] : []))
    const final = errors.filter(({ code }) => ruleOf(code).remedy !== 'retry')
    return new Map(final.map(({ id = '', code }) => [id, code]))
  }

  /** Whether the session is live, has the whole log and has nothing to send. */
  isWhole(log: readonly LogEntry[]): boolean {
    if (!this.isLive || this.#outbox.waiting.size > 0) return false
    const { shown, session } = this
    const topic = log.findLast(({ event }) => event === 'setTopic')
    const hasTopic = session.view.topic === (topic?.event === 'setTopic' ? topic.data.topic : '')
    return hasTopic && isDeepStrictEqual(shown, naive(log).slice(-shown.length))
  }

  /** Every ack sent to them, lost ones included. */
  acks(): Ack[] {
    return this.#told().flatMap((frame) => (frame.event === 'ack' ? [{ by: this.by, ...frame.data }] : []))
  }

  #told(): ReceivedFrame[] {
    return this.proxy.links.flatMap(({ sentByServer }) => sentByServer).flatMap(parseServerFrames)
  }
}
