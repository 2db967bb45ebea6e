import { evictDurableObject } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'

/**
 * A client that knows the contract and none of our client code: raw sockets, JSON by hand. Whatever arrives is kept
 * in order, with arrays taken apart.
 */
export interface Frame {
  event: string
  // What a test reads out of a frame is checked by what it expects of it.
  // biome-ignore lint/suspicious/noExplicitAny: raw JSON, looked at by hand
  data: any
}

const ORIGIN = 'http://hallway.test'
/** A busy machine is no failure: this ends only what hangs. */
const PATIENCE_MS = 30_000
let rooms = 0

/** Storage is shared within a file, so each test takes a room of its own. */
export function freshRoom(name = 'room'): string {
  rooms += 1
  return `${name}-${rooms}-${Math.floor(Math.random() * 1e6)}`
}

export function request(path: string, init: RequestInit = {}): Promise<Response> {
  return exports.default.fetch(new Request(ORIGIN + path, { redirect: 'manual', ...init }))
}

export function newCookie(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  const token = btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
  return `hallway=${token}`
}

export function upgrade(room: string, headers: Record<string, string> = {}): Promise<Response> {
  return request(`/api/rooms/${room}/ws`, { headers: { Upgrade: 'websocket', ...headers } })
}

export class Raw {
  readonly room: string
  readonly cookie: string
  readonly frames: Frame[] = []
  /** Each text as it came, before arrays are taken apart. */
  readonly texts: string[] = []
  closed: { code: number; reason: string } | undefined
  readonly #socket: WebSocket
  #read = 0
  #waiters: (() => void)[] = []

  constructor(room: string, cookie: string, socket: WebSocket) {
    this.room = room
    this.cookie = cookie
    this.#socket = socket
    socket.accept()
    socket.addEventListener('message', ({ data }) => this.#hear(String(data)))
    socket.addEventListener('close', ({ code, reason }) => {
      this.closed = { code, reason }
      this.#tell()
    })
  }

  static async open(room: string, cookie = newCookie(), headers: Record<string, string> = {}): Promise<Raw> {
    const { raw, refused } = await Raw.knock(room, cookie, headers)
    if (raw === undefined) throw new Error(`No upgrade: ${refused}`)
    return raw
  }

  /** A socket, or the code by which it was refused. */
  static async knock(
    room: string,
    cookie: string,
    headers: Record<string, string> = {},
  ): Promise<{ raw: Raw; refused?: never } | { raw?: never; refused: string }> {
    const response = await upgrade(room, { Cookie: cookie, ...headers })
    if (response.webSocket) return { raw: new Raw(room, cookie, response.webSocket) }
    return { refused: (await response.json<{ code: string }>()).code }
  }

  /** Opens a socket, joins, and reads up to the end of the history. */
  static async join(room: string, username: string, cookie = newCookie(), more: object = {}): Promise<Raw> {
    const raw = await Raw.open(room, cookie)
    raw.send('userJoin', { username, room, ...more })
    await raw.next('joined')
    return raw
  }

  send(event: string, data: unknown): void {
    this.text(JSON.stringify({ event, data }))
  }

  text(text: string | ArrayBuffer): void {
    this.#socket.send(text)
  }

  say(body: string, more: object = {}): void {
    this.send('updateChat', { body, room: this.room, ...more })
  }

  close(code?: number): void {
    this.#socket.close(code)
  }

  /** The next unread frame of that kind; what stands before it counts as read. */
  async next(event: string): Promise<Frame> {
    return this.until((frame) => frame.event === event, event)
  }

  async until(wanted: (frame: Frame) => boolean, what = 'a frame'): Promise<Frame> {
    for (;;) {
      while (this.#read < this.frames.length) {
        const frame = this.frames[this.#read++]
        if (frame && wanted(frame)) return frame
      }
      if (this.closed) throw new Error(`Closed ${this.closed.code} while waiting for ${what}`)
      await this.#news(what)
    }
  }

  async untilClosed(): Promise<{ code: number; reason: string }> {
    while (this.closed === undefined) await this.#news('the close')
    return this.closed
  }

  /** Everything unread, up to the answer of a question asked now: proves what did not come. */
  async rest(): Promise<Frame[]> {
    const from = this.#read
    this.send('noSuchEvent', {})
    await this.until(({ event, data }) => event === 'error' && data.code === 'unknown-event')
    return this.frames.slice(from, this.#read - 1)
  }

  #hear(text: string): void {
    this.texts.push(text)
    if (text.startsWith('pong')) this.frames.push({ event: 'pong', data: Number(text.slice(5)) })
    else this.frames.push(...[JSON.parse(text)].flat())
    this.#tell()
  }

  #tell(): void {
    for (const waiter of this.#waiters.splice(0)) waiter()
  }

  async #news(what: string): Promise<void> {
    let late = false
    const timer = setTimeout(() => {
      late = true
      this.#tell()
    }, PATIENCE_MS)
    await new Promise<void>((resolve) => this.#waiters.push(resolve))
    clearTimeout(timer)
    if (late)
      throw new Error(`Waited for ${what}; the last frames were ${JSON.stringify(this.frames.slice(-4))}`)
  }
}

/** Puts the room's object to sleep; its sockets stay open. */
export function sleep(room: string): Promise<void> {
  return evictDurableObject(env.ROOMS.getByName(room), { webSockets: 'hibernate' })
}
