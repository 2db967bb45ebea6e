import type { OutboxFrame, Session } from '../../client/session/index.ts'
import { nodeSocket, openNodeSession } from '../node-session.ts'
import type { Random } from '../random.ts'
import { RecordingOutbox } from '../recording-outbox.ts'
import type { CrashRecord, Typist } from './crash-record.ts'
import { nextChange } from './next-change.ts'
import { type RecordedSockets, recordSockets } from './record-sockets.ts'

/** How many changes may wait in an outbox. Without a server, typing continues up to this. */
const WAITING = 6
/** Shortens the backoff to a hundredth, so that a restarted server is found at once. */
const BACKOFF_SCALE = 0.01

interface Options {
  url: string
  record: CrashRecord
  author: Typist
  tabs: number
  random: Random
}

interface Tab {
  session: Session
  cursor: RecordedSockets['cursor']
}

/** A person with the real session kit, in one tab or in several with one outbox, who types as fast as it accepts. */
export class KitWriter {
  readonly author: Typist
  readonly tabs: Tab[]
  readonly #record: CrashRecord
  readonly #random: Random
  readonly #outbox: RecordingOutbox
  readonly #unsubscribe: () => void
  #isTyping = true
  #isScheduled = false

  constructor({ url, record, author, tabs, random }: Options) {
    this.author = author
    this.#record = record
    this.#random = random
    this.#outbox = new RecordingOutbox(author.typed)
    this.tabs = Array.from({ length: tabs }, () => this.#open(url))
    this.#unsubscribe = this.#outbox.subscribe(record.room, () => this.#schedule())
    this.#schedule()
  }

  stop(): void {
    this.#isTyping = false
  }

  close(): void {
    this.#unsubscribe()
    for (const { session } of this.tabs) session.close()
  }

  /** Whether every typed change was stored or refused. */
  async isDone(): Promise<boolean> {
    return (await this.#waiting()) === 0
  }

  /** The cursor of each tab. */
  get cursors(): (number | undefined)[] {
    return this.tabs.map(({ cursor }) => cursor())
  }

  #open(url: string): Tab {
    const { cookie, username } = this.author
    const { room } = this.#record
    const { connect, cursor } = recordSockets(
      (handlers) => nodeSocket(url, { room, cookie }, handlers),
      this.#record,
      this.author,
    )
    const random = () => this.#random.next() * BACKOFF_SCALE
    const session = openNodeSession(url, { room, cookie, username, connect, outbox: this.#outbox, random })
    return { session, cursor }
  }

  #schedule(): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    setImmediate(() => {
      this.#isScheduled = false
      void this.#fill()
    })
  }

  async #fill(): Promise<void> {
    for (let count = await this.#waiting(); this.#isTyping && count < WAITING; count += 1) {
      const tab = this.#random.pickAny(this.tabs)
      if (tab) await type(tab.session, nextChange(this.#record, this.author, this.#random))
    }
  }

  async #waiting(): Promise<number> {
    const entries = await this.#outbox.list(this.#record.room)
    return entries.filter(({ failed }) => failed === undefined).length
  }
}

function type(session: Session, { event, data }: OutboxFrame): Promise<void> {
  switch (event) {
    case 'updateChat':
      return session.send(data.body, data.replyTo === undefined ? {} : { replyTo: data.replyTo })
    case 'editChat':
      return session.edit(data.ref, data.body)
    case 'deleteChat':
      return session.remove(data.ref)
    case 'react':
      return session.react(data.ref, data.emoji, data.on)
    case 'setTopic':
      return session.setTopic(data.topic)
    default:
      return data satisfies never
  }
}
