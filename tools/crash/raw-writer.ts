import { randomUUID } from 'node:crypto'
import type { OutboxFrame, Socket } from '../../client/session/index.ts'
import { parseServerFrames } from '../../src/protocol/parse-server-frames.ts'
import { isLogEntry, type ReceivedFrame } from '../../src/protocol/server-frames.ts'
import { nodeSocket } from '../node-session.ts'
import type { Random } from '../random.ts'
import type { CrashRecord, Typist } from './crash-record.ts'
import { nextChange } from './next-change.ts'
import { type RecordedSockets, recordSockets } from './record-sockets.ts'

/** How many changes may wait for an answer at once. */
const IN_FLIGHT = 32
/** How many answered changes are sent again after each restart, as by a client that lost the answers. */
const SENT_AGAIN = 4
const RECONNECT_MS = 50

interface Options {
  url: string
  record: CrashRecord
  author: Typist
  random: Random
}

/**
 * A person whose client uses none of our code and is as hard on the room as the protocol allows. It has many changes in
 * flight. After each cut it sends every unanswered change again right after the join, without reading first which of them
 * the room has.
 */
export class RawWriter {
  readonly #author: Typist
  readonly #record: CrashRecord
  readonly #random: Random
  readonly #sockets: RecordedSockets
  readonly #waiting = new Map<string, OutboxFrame>()
  #answered: OutboxFrame[] = []
  #cursor: { after: number; epoch: string } | undefined
  #socket: Socket | undefined
  #isTyping = true
  #isClosed = false

  constructor({ url, record, author, random }: Options) {
    this.#author = author
    this.#record = record
    this.#random = random
    const who = { room: record.room, cookie: author.cookie }
    this.#sockets = recordSockets((handlers) => nodeSocket(url, who, handlers), record, author)
    this.#open()
  }

  stop(): void {
    this.#isTyping = false
  }

  close(): void {
    this.#isClosed = true
    this.#socket?.close()
  }

  async isDone(): Promise<boolean> {
    return this.#waiting.size === 0
  }

  get cursors(): (number | undefined)[] {
    return [this.#sockets.cursor()]
  }

  #open(): void {
    if (this.#isClosed) return
    this.#socket = this.#sockets.connect({
      open: () => this.#join(),
      message: (text) => {
        for (const frame of parseServerFrames(text)) this.#receive(frame)
        this.#fill()
      },
      close: () => setTimeout(() => this.#open(), this.#random.next() * RECONNECT_MS),
    })
  }

  #join(): void {
    const { username } = this.#author
    this.#send({ event: 'userJoin', data: { username, room: this.#record.room, ...this.#cursor } })
    for (const frame of [...this.#answered, ...this.#waiting.values()]) this.#send(frame)
  }

  #receive(frame: ReceivedFrame): void {
    if (frame.event === 'joined') {
      const { epoch, seq, resumed } = frame.data
      if (this.#cursor === undefined || !resumed) this.#cursor = { after: seq, epoch }
    } else if (frame.event === 'sync') {
      this.#send({ event: 'sync', data: { seq: this.#cursor?.after ?? 0 } })
    } else if (frame.event === 'ack') {
      this.#moveTo(frame.data.seq)
      this.#settle(frame.data.id)
    } else if (frame.event === 'error') {
      if (frame.data.id !== undefined) this.#waiting.delete(frame.data.id)
    } else if (isLogEntry(frame)) {
      this.#moveTo(frame.data.seq)
      if (frame.data.by === this.#author.by) this.#settle(frame.data.id)
    }
  }

  #moveTo(seq: number): void {
    if (this.#cursor && seq > this.#cursor.after) this.#cursor = { ...this.#cursor, after: seq }
  }

  #settle(id: string): void {
    const frame = this.#waiting.get(id)
    if (frame === undefined) return
    this.#waiting.delete(id)
    this.#answered = [...this.#answered, frame].slice(-SENT_AGAIN)
  }

  #fill(): void {
    while (this.#isTyping && this.#cursor && this.#waiting.size < IN_FLIGHT) {
      const id = randomUUID()
      const change = nextChange(this.#record, this.#author, this.#random)
      const frame = stamped(change, { id, since: this.#cursor.after, epoch: this.#cursor.epoch })
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
