import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { bodyOf, labelAt, labelNumber, labelOf } from './body.ts'
import type { Dialect, Seat } from './dialect.ts'
import type { Meter } from './meter.ts'
import { scanMessages } from './scan.ts'
import { CLOSE, encodeFrame, FrameReader, PING, PONG, TEXT } from './websocket-frames.ts'

export interface Target {
  host: string
  port: number
  /** The server's process. */
  pid: number
  dialect: Dialect
  meter: Meter
}

/** All sockets read into this buffer: each uses up its bytes before the next one reads. */
const READ_BYTES = 256 * 1024
const shared = Buffer.allocUnsafe(READ_BYTES)
const HEAD_END = '\r\n\r\n'

/** A person with a socket in a room. */
export class Person {
  readonly seat: Seat
  readonly #target: Target
  readonly #label: number
  readonly #frames = new FrameReader((opcode, bytes, start, end) => this.#take(opcode, bytes, start, end))
  #socket: Socket | undefined
  #phase: 'closed' | 'upgrade' | 'entering' | 'in' | 'leaving' = 'closed'
  #head = ''
  #settle: { resolve: () => void; reject: (fault: Error) => void } | undefined
  #ordinal = 0
  #own = 0
  sent = 0
  /** How many of this person's messages the server has acknowledged. */
  acked = 0
  /** The number of messages in the history that they got on joining. */
  history = 0
  rosters = 0
  made: number | undefined
  /** Called with the number of own messages that were just acknowledged. */
  onAcked: ((more: number) => void) | undefined

  constructor(target: Target, who: { index: number; room: string }) {
    const { index, room } = who
    this.#target = target
    this.seat = { index, room, label: labelOf(index), username: `person-${index}`, epoch: '', seen: 0 }
    this.#label = labelNumber(this.seat.label)
  }

  /** Opens a socket and joins; resolves once the room has sent its history. */
  enter(): Promise<void> {
    const { host, port } = this.#target
    this.#phase = 'upgrade'
    this.#head = ''
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
      const onread = { buffer: shared, callback: (length: number) => this.#read(length) }
      const socket = connect({ host, port, noDelay: true, onread })
      this.#socket = socket
      socket.once('connect', () => socket.write(this.#upgrade()))
      socket.once('error', (fault) => this.#ended(fault.message))
      socket.once('close', () => this.#ended('the server closed the socket'))
    })
  }

  /** Sends `messages` messages in one write. */
  say(messages: number, due = performance.now()): void {
    const frames: Buffer[] = []
    for (let more = 0; more < messages; more++) {
      const message = { ordinal: ++this.#ordinal, body: bodyOf(this.seat.label, due) }
      frames.push(encodeFrame(this.#target.dialect.say(message, this.seat)))
    }
    this.sent += messages
    const [first] = frames
    if (first) this.#socket?.write(frames.length === 1 ? first : Buffer.concat(frames))
  }

  send(text: string): void {
    this.#socket?.write(encodeFrame(text))
  }

  /** Leaves as a browser does when its tab closes. */
  leave(): void {
    this.#phase = 'leaving'
    const socket = this.#socket
    if (socket === undefined) return
    socket.write(encodeFrame('', CLOSE))
    socket.end()
    socket.unref()
  }

  #upgrade(): string {
    const { dialect, host, port } = this.#target
    const key = randomBytes(16).toString('base64')
    return (
      `GET ${dialect.path(this.seat)} HTTP/1.1\r\nHost: ${host}:${port}\r\nConnection: Upgrade\r\n` +
      `Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n` +
      `${dialect.headers(this.seat)}\r\n`
    )
  }

  #read(length: number): boolean {
    this.#target.meter.bytes += length
    try {
      const start = this.#phase === 'upgrade' ? this.#readHead(length) : 0
      if (start < length) this.#frames.read(shared, start, length)
    } catch (fault) {
      this.#fail(fault instanceof Error ? fault : new Error(String(fault)))
    }
    return true
  }

  /** Reads the response to the upgrade, and returns where frames start. */
  #readHead(length: number): number {
    const before = this.#head.length
    this.#head += shared.toString('latin1', 0, length)
    const end = this.#head.indexOf(HEAD_END)
    if (end < 0) return length
    if (!this.#head.startsWith('HTTP/1.1 101')) throw new Error(`No upgrade: ${this.#head.slice(0, 500)}`)
    this.#phase = 'entering'
    for (const text of this.#target.dialect.hello(this.seat)) this.send(text)
    return end + HEAD_END.length - before
  }

  #take(opcode: number, bytes: Buffer, start: number, end: number): void {
    if (opcode === TEXT) {
      if (this.#phase === 'in') this.#hear(bytes, start, end)
      else if (this.#phase === 'entering') this.#come(bytes, start, end)
    } else if (opcode === PING) {
      this.#socket?.write(encodeFrame(bytes.toString('latin1', start, end), PONG))
    } else if (opcode === CLOSE && this.#phase !== 'leaving') {
      throw new Error(`Closed by the server with ${end - start < 2 ? 'no code' : bytes.readUInt16BE(start)}`)
    }
  }

  #come(bytes: Buffer, start: number, end: number): void {
    const { reply, isIn } = this.#target.dialect.enter(bytes.toString('latin1', start, end), this.seat)
    if (reply !== undefined) this.send(reply)
    if (!isIn) return
    this.history = scanMessages(bytes, start, end, () => {})
    this.#phase = 'in'
    this.#settle?.resolve()
  }

  #hear(bytes: Buffer, start: number, end: number): void {
    const { dialect, meter } = this.#target
    const before = this.#own
    const messages = scanMessages(bytes, start, end, this.#found)
    let acked = this.#own - before
    if (messages > 0) {
      if (this.onAcked) dialect.see?.(bytes, start, end, this.seat)
    } else {
      const note = dialect.note(bytes.toString('latin1', start, end))
      if (note.acks) {
        acked = note.acks
        meter.deliveries += acked
        dialect.see?.(bytes, start, end, this.seat)
      }
      if (note.reply !== undefined) this.send(note.reply)
      if (note.roster) this.rosters += 1
      if (note.made !== undefined) this.made = note.made
    }
    if (acked === 0) return
    this.acked += acked
    this.onAcked?.(acked)
  }

  readonly #found = (bytes: Buffer, run: number): void => {
    this.#target.meter.message(bytes, run)
    if (labelAt(bytes, run) === this.#label) this.#own += 1
  }

  #ended(why: string): void {
    if (this.#phase !== 'leaving') this.#fail(new Error(`${this.seat.username}: ${why}`))
  }

  #fail(fault: Error): void {
    if (this.#phase === 'upgrade' || this.#phase === 'entering') this.#settle?.reject(fault)
    // Later figures would mean nothing.
    else
      process.nextTick(() => {
        throw fault
      })
    this.#phase = 'leaving'
    this.#socket?.destroy()
  }
}
