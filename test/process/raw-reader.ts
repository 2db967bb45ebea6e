import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import type { ClientFrame } from '../../src/protocol/client-frames.ts'
import { parseServerFrames } from '../../src/protocol/parse-server-frames.ts'
import {
  isLogEntry,
  type LogEntry,
  type ReceivedFrame,
  type ServerData,
} from '../../src/protocol/server-frames.ts'
import { newCookie } from '../../tools/cookie.ts'
import { FrameReader } from './frame-reader.ts'

const TEXT = 0x81
const CLOSE = 0x88
const RESERVED = 0x83
const MASKED = 0x80

interface Who {
  room: string
  username: string
  cookie?: string
  /** The position to resume from. */
  from?: { after: number; epoch: string }
  /** Whether the reader answers a `sync`. */
  answers?: boolean
}

/**
 * A person in a room over a bare TCP connection, with a minimal WebSocket. Unlike Node's own, it can stop reading, so
 * that sent frames wait.
 */
export class RawReader {
  /** All received events, in order. */
  readonly told: ReceivedFrame[] = []
  /** The newest received or acknowledged change. */
  newest = 0
  /** How the connection ended; the code is missing if it broke off. */
  ended: { code?: number; reason: string } | undefined
  readonly cookie: string
  readonly #answers: boolean
  readonly #socket: Socket
  #news = () => {}

  private constructor(port: number, { room, cookie = newCookie(), answers = true }: Omit<Who, 'username'>) {
    this.cookie = cookie
    this.#answers = answers
    this.#socket = connect({ port, host: 'localhost', noDelay: true })
    // Text frames are taken out, so only WebSocket's control frames remain.
    const frames = new FrameReader((text) => {
      this.#hear(text)
      return false
    })
    this.#socket.on('data', (bytes) => {
      this.#control(frames.take(bytes))
      this.#news()
    })
    this.#socket.on('error', () => {})
    this.#socket.on('close', () => {
      this.ended ??= { reason: 'broken off' }
      this.#news()
    })
    this.#socket.write(upgrade(room, cookie))
  }

  /** Opens a socket. Frames may be sent at once. */
  static open(port: number, who: Omit<Who, 'username'>): RawReader {
    return new RawReader(port, who)
  }

  /** Resolves once the join is answered. */
  static async join(port: number, who: Who): Promise<RawReader> {
    const { room, username, from = {} } = who
    const reader = new RawReader(port, who)
    reader.send({ event: 'userJoin', data: { username, room, ...from } })
    await reader.until(() => reader.told.some(({ event }) => event === 'joined'))
    return reader
  }

  get joined(): ServerData<'joined'> {
    const [first] = this.told
    if (first?.event !== 'joined') throw new Error('They are not in')
    return first.data
  }

  /** The received changes, in order. */
  get log(): LogEntry[] {
    return this.told.filter(isLogEntry)
  }

  send(frame: ClientFrame): void {
    this.#write(TEXT, Buffer.from(JSON.stringify(frame)))
  }

  /** Sends a frame of a kind that does not exist. */
  breakProtocol(): void {
    this.#write(RESERVED, Buffer.alloc(0))
  }

  stopReading(): void {
    this.#socket.pause()
  }

  readOn(): void {
    this.#socket.resume()
  }

  leave(): void {
    this.#socket.destroy()
  }

  /** Resolves once `is` holds, and rejects when the connection has ended. */
  until(is: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#news = () => {
        if (is()) resolve()
        else if (this.ended) reject(new Error(`The connection ended: ${JSON.stringify(this.ended)}`))
      }
      this.#news()
    })
  }

  #hear(text: string): void {
    for (const frame of parseServerFrames(text)) {
      this.told.push(frame)
      if (frame.event === 'ack' || isLogEntry(frame)) this.newest = Math.max(this.newest, frame.data.seq)
      if (frame.event === 'sync' && this.#answers) this.send({ event: 'sync', data: { seq: this.newest } })
    }
  }

  #control(frames: Buffer): void {
    if (frames.length < 4 || frames.readUInt8(0) !== CLOSE) return
    const body = frames.subarray(2)
    this.ended = { code: body.readUInt16BE(0), reason: body.subarray(2).toString() }
    this.#write(CLOSE, body)
  }

  /** A client has to mask its frames. A mask of zeros is valid. */
  #write(kind: number, body: Buffer): void {
    const { length } = body
    const size = length < 126 ? [MASKED | length] : [MASKED | 126, length >> 8, length & 0xff]
    this.#socket.write(Buffer.concat([Buffer.from([kind, ...size, 0, 0, 0, 0]), body]))
  }
}

function upgrade(room: string, cookie: string): string {
  return [
    `GET /api/rooms/${room}/ws HTTP/1.1`,
    'Host: localhost',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    `Cookie: ${cookie}`,
    '\r\n',
  ].join('\r\n')
}
