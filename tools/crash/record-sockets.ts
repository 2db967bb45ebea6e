import type { Socket, SocketHandlers } from '../../client/session/index.ts'
import { parseClientFrame } from '../../src/protocol/parse-client-frame.ts'
import { parseServerFrames } from '../../src/protocol/parse-server-frames.ts'
import { isLogEntry, type ReceivedFrame } from '../../src/protocol/server-frames.ts'
import type { CrashRecord, Typist } from './crash-record.ts'

export type Connect = (handlers: SocketHandlers) => Socket

/** Opens the sockets of one tab. */
export interface RecordedSockets {
  connect: Connect
  /** The `seq` up to which the current socket has received every change. */
  cursor(): number | undefined
}

/** Records everything that a tab receives on its sockets. */
export function recordSockets(connect: Connect, record: CrashRecord, author: Typist): RecordedSockets {
  let current: SocketRecorder | undefined
  return {
    cursor: () => current?.cursor,
    connect(handlers) {
      const recorder = new SocketRecorder(record, author)
      current = recorder
      const socket = connect({
        open: handlers.open,
        message(text) {
          for (const frame of parseServerFrames(text)) recorder.received(frame)
          handlers.message(text)
        },
        close(code) {
          recorder.cursor = undefined
          handlers.close(code)
        },
      })
      return {
        send(text) {
          recorder.sent(text)
          socket.send(text)
        },
        close: () => socket.close(),
      }
    },
  }
}

/** Records one socket. */
class SocketRecorder {
  readonly #record: CrashRecord
  readonly #author: Typist
  #after: number | undefined
  cursor: number | undefined

  constructor(record: CrashRecord, author: Typist) {
    this.#record = record
    this.#author = author
  }

  sent(text: string): void {
    const parsed = parseClientFrame(text)
    if (parsed.ok && parsed.frame.event === 'userJoin') this.#after = parsed.frame.data.after
  }

  received(frame: ReceivedFrame): void {
    const record = this.#record
    const author = this.#author
    if (frame.event === 'joined') {
      const { resumed, seq } = frame.data
      record.join(author, frame.data, this.#after)
      this.cursor = resumed ? this.#after : seq
    } else if (frame.event === 'ack') {
      record.ack(author, frame.data)
      // A repeated ack does not move the cursor.
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
    const what = `${this.#author.username} received ${seq} after ${cursor}`
    if (seq > next) this.#record.broken.push(`gap: ${what}`)
    if (seq < next) this.#record.broken.push(`repeat: ${what}`)
    this.cursor = Math.max(seq, cursor)
  }
}
