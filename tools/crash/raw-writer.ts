import { randomUUID } from 'node:crypto'
import type { OutboxFrame, Socket } from '../../client/session/index.ts'
import { parseServerFrames } from '../../src/protocol/parse-server-frames.ts'
import { isLogEntry, type ReceivedFrame } from '../../src/protocol/server-frames.ts'
import { nodeSocket } from '../node-session.ts'
import type { Random } from '../random.ts'
import type { CrashRecord, Typist } from './crash-record.ts'
import { type Overheard, overhear } from './record-sockets.ts'
import { nextChange } from './next-change.ts'

/** How many changes may be unanswered at once. */
const ON_THEIR_WAY = 32
/** How many answered changes are sent again after each restart, as by a client that forgot the answers. */
const SENT_AGAIN = 4
const RECONNECT_MS = 50

interface Options {
  url: string
  record: CrashRecord
  author: Typist
  random: Random
}

/**
 * Someone who knows the protocol and none of our client code, and is as hard on the room as it allows: many changes
 * on their way at once, and after each cut all that was not answered again, right behind the join and without
 * reading first what the room has of it already.
 */
export class RawWriter {
  readonly #author: Typist
  readonly #record: CrashRecord
  readonly #random: Random
  readonly #line: Overheard
  readonly #waiting = new Map<string, OutboxFrame>()
  #answered: OutboxFrame[] = []
  #at: { after: number; epoch: string } | undefined
  #socket: Socket | undefined
  #typing = true
  #closed = false

  constructor({ url, record, author, random }: Options) {
    this.#author = author
    this.#record = record
    this.#random = random
    const who = { room: record.room, cookie: author.cookie }
    this.#line = overhear((handlers) => nodeSocket(url, who, handlers), record, author)
    this.#open()
  }

  stop(): void {
    this.#typing = false
  }

  close(): void {
    this.#closed = true
    this.#socket?.close()
  }

  async isDone(): Promise<boolean> {
    return this.#waiting.size === 0
  }

  get cursors(): (number | undefined)[] {
    return [this.#line.cursor()]
  }

  #open(): void {
    if (this.#closed) return
    this.#socket = this.#line.connect({
      open: () => this.#join(),
      message: (text) => {
        for (const frame of parseServerFrames(text)) this.#hear(frame)
        this.#fill()
      },
      close: () => setTimeout(() => this.#open(), this.#random.next() * RECONNECT_MS),
    })
  }

  #join(): void {
    const { username } = this.#author
    this.#send({ event: 'userJoin', data: { username, room: this.#record.room, ...this.#at } })
    for (const frame of [...this.#answered, ...this.#waiting.values()]) this.#send(frame)
  }

  #hear(frame: ReceivedFrame): void {
    if (frame.event === 'joined') {
      const { epoch, seq, resumed } = frame.data
      if (this.#at === undefined || !resumed) this.#at = { after: seq, epoch }
    } else if (frame.event === 'sync') {
      this.#send({ event: 'sync', data: { seq: this.#at?.after ?? 0 } })
    } else if (frame.event === 'ack') {
      this.#read(frame.data.seq)
      this.#settle(frame.data.id)
    } else if (frame.event === 'error') {
      if (frame.data.id !== undefined) this.#waiting.delete(frame.data.id)
    } else if (isLogEntry(frame)) {
      this.#read(frame.data.seq)
      if (frame.data.by === this.#author.by) this.#settle(frame.data.id)
    }
  }

  #read(seq: number): void {
    if (this.#at && seq > this.#at.after) this.#at = { ...this.#at, after: seq }
  }

  #settle(id: string): void {
    const frame = this.#waiting.get(id)
    if (frame === undefined) return
    this.#waiting.delete(id)
    this.#answered = [...this.#answered, frame].slice(-SENT_AGAIN)
  }

  #fill(): void {
    while (this.#typing && this.#at && this.#waiting.size < ON_THEIR_WAY) {
      const id = randomUUID()
      const change = nextChange(this.#record, this.#author, this.#random)
      const frame = stamped(change, { id, since: this.#at.after, epoch: this.#at.epoch })
      this.#author.typed.push({ id, frame })
      this.#waiting.set(id, frame)
      this.#send(frame)
    }
  }

  #send(frame: object): void {
    this.#socket?.send(JSON.stringify(frame))
  }
}

function stamped(frame: OutboxFrame, stamp: { id: string; since: number; epoch: string }): OutboxFrame {
  return Object.assign({}, frame, { data: { ...frame.data, ...stamp } })
}
