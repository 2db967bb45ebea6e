import type { Socket, SocketHandlers } from '../../client/session/index.ts'
import { parseClientFrame } from '../../src/protocol/parse-client-frame.ts'
import { parseServerFrames } from '../../src/protocol/parse-server-frames.ts'
import { isLogEntry, type ReceivedFrame } from '../../src/protocol/server-frames.ts'
import type { CrashRecord, Typist } from './crash-record.ts'

export type Connect = (handlers: SocketHandlers) => Socket

/** Where one tab connects, and up to where its present socket has told everything. */
export interface Overheard {
  connect: Connect
  cursor(): number | undefined
}

/** Puts on record whatever a tab is told, on each of its sockets. */
export function overhear(connect: Connect, record: CrashRecord, author: Typist): Overheard {
  let ear: Ear | undefined
  return {
    cursor: () => ear?.cursor,
    connect(handlers) {
      const mine = new Ear(record, author)
      ear = mine
      const socket = connect({
        open: handlers.open,
        message(text) {
          for (const frame of parseServerFrames(text)) mine.hear(frame)
          handlers.message(text)
        },
        close(code) {
          mine.cursor = undefined
          handlers.close(code)
        },
      })
      return {
        send(text) {
          mine.say(text)
          socket.send(text)
        },
        close: () => socket.close(),
      }
    },
  }
}

/** One socket, as it is heard. */
class Ear {
  readonly #record: CrashRecord
  readonly #author: Typist
  #after: number | undefined
  cursor: number | undefined

  constructor(record: CrashRecord, author: Typist) {
    this.#record = record
    this.#author = author
  }

  say(text: string): void {
    const parsed = parseClientFrame(text)
    if (parsed.ok && parsed.frame.event === 'userJoin') this.#after = parsed.frame.data.after
  }

  hear(frame: ReceivedFrame): void {
    const record = this.#record
    const author = this.#author
    if (frame.event === 'joined') {
      const { resumed, seq } = frame.data
      record.join(author, frame.data, this.#after)
      this.cursor = resumed ? this.#after : seq
    } else if (frame.event === 'ack') {
      record.ack(author, frame.data)
      // A repeated ack moves no cursor.
      if (frame.data.seq > (this.cursor ?? 0)) this.#move(frame.data.seq)
    } else if (frame.event === 'error') {
      record.refuse(author, frame.data)
    } else if (isLogEntry(frame)) {
      record.see(author, frame)
      this.#move(frame.data.seq)
    }
  }

  #move(seq: number): void {
    const { cursor = 0 } = this
    const next = cursor + 1
    const story = `${this.#author.username} was told ${seq} after ${cursor}`
    if (seq > next) this.#record.broken.push(`gap: ${story}`)
    if (seq < next) this.#record.broken.push(`repeat: ${story}`)
    this.cursor = Math.max(seq, cursor)
  }
}
