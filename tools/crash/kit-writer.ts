import type { OutboxFrame, Session } from '../../client/session/index.ts'
import { nodeSocket, openNodeSession } from '../node-session.ts'
import type { Random } from '../random.ts'
import { RecordingOutbox } from '../recording-outbox.ts'
import type { CrashRecord, Typist } from './crash-record.ts'
import { type Overheard, overhear } from './record-sockets.ts'
import { nextChange } from './next-change.ts'

/** How many changes may wait in an outbox. Typing continues without a server, up to this. */
const WAITING = 6
/** Full jitter as ever, but over a hundredth of the time: a server that is back is found again at once. */
const HASTE = 0.01

interface Options {
  url: string
  record: CrashRecord
  author: Typist
  tabs: number
  random: Random
}

interface Tab {
  session: Session
  cursor: Overheard['cursor']
}

/** Someone with the real session kit, in one tab or in several with one outbox, who types as fast as it takes it. */
export class KitWriter {
  readonly author: Typist
  readonly tabs: Tab[]
  readonly #record: CrashRecord
  readonly #random: Random
  readonly #outbox: RecordingOutbox
  readonly #unsubscribe: () => void
  #typing = true
  #due = false

  constructor({ url, record, author, tabs, random }: Options) {
    this.author = author
    this.#record = record
    this.#random = random
    this.#outbox = new RecordingOutbox(author.typed)
    this.tabs = Array.from({ length: tabs }, () => this.#open(url))
    this.#unsubscribe = this.#outbox.subscribe(record.room, () => this.#soon())
    this.#soon()
  }

  stop(): void {
    this.#typing = false
  }

  close(): void {
    this.#unsubscribe()
    for (const { session } of this.tabs) session.close()
  }

  /** Whether all that was typed was stored or refused. */
  async isDone(): Promise<boolean> {
    return (await this.#waiting()) === 0
  }

  /** Up to where each tab knows the log. */
  get cursors(): (number | undefined)[] {
    return this.tabs.map(({ cursor }) => cursor())
  }

  #open(url: string): Tab {
    const { cookie, username } = this.author
    const { room } = this.#record
    const { connect, cursor } = overhear(
      (handlers) => nodeSocket(url, { room, cookie }, handlers),
      this.#record,
      this.author,
    )
    const random = () => this.#random.next() * HASTE
    const session = openNodeSession(url, { room, cookie, username, connect, outbox: this.#outbox, random })
    return { session, cursor }
  }

  #soon(): void {
    if (this.#due) return
    this.#due = true
    setImmediate(() => {
      this.#due = false
      void this.#fill()
    })
  }

  async #fill(): Promise<void> {
    for (let count = await this.#waiting(); this.#typing && count < WAITING; count += 1) {
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
