import { abortAllDurableObjects, evictDurableObject } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'

/**
 * A client that knows the protocol and uses none of our client code: raw sockets, and JSON by hand. It stores received
 * frames in order, with arrays taken apart.
 */
export interface Frame {
  event: string
  // A test checks what it reads from a frame.
  // biome-ignore lint/suspicious/noExplicitAny: raw JSON, looked at by hand
  data: any
}

const ORIGIN = 'http://hallway.test'
/** Long enough for a busy machine. */
const TIMEOUT_MS = 30_000
let rooms = 0

/** The tests of a file share storage, so each takes its own room. */
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

export class RawClient {
  readonly room: string
  readonly cookie: string
  readonly frames: Frame[] = []
  /** Each text as received, before arrays are taken apart. */
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

  static async open(
    room: string,
    cookie = newCookie(),
    headers: Record<string, string> = {},
  ): Promise<RawClient> {
    const { raw, refused } = await RawClient.tryOpen(room, cookie, headers)
    if (raw === undefined) throw new Error(`No upgrade: ${refused}`)
    return raw
  }

  /** A client with an open socket, or the code of the refusal. */
  static async tryOpen(
    room: string,
    cookie: string,
    headers: Record<string, string> = {},
  ): Promise<{ raw: RawClient; refused?: never } | { raw?: never; refused: string }> {
    const response = await upgrade(room, { Cookie: cookie, ...headers })
    if (response.webSocket) return { raw: new RawClient(room, cookie, response.webSocket) }
    return { refused: (await response.json<{ code: string }>()).code }
  }

  /** Opens a socket, joins, and reads up to the end of the history. */
  static async join(
    room: string,
    username: string,
    cookie = newCookie(),
    more: object = {},
  ): Promise<RawClient> {
    const raw = await RawClient.open(room, cookie)
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

  /** The next unread frame of this event. Frames before it count as read. */
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

  /** All unread frames up to the answer to a request sent now. So it proves that nothing else came. */
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
    }, TIMEOUT_MS)
    await new Promise<void>((resolve) => this.#waiters.push(resolve))
    clearTimeout(timer)
    if (late)
      throw new Error(`Waited for ${what}; the last frames were ${JSON.stringify(this.frames.slice(-4))}`)
  }
}

/** How a room's object stops: its sockets hibernate, are closed, or the whole object aborts. */
export type ObjectEnd = 'hibernate' | 'close' | 'abort'

export function endObject(room: string, end: ObjectEnd): Promise<void> {
  if (end === 'abort') return abortAllDurableObjects()
  return evictDurableObject(env.ROOMS.getByName(room), { webSockets: end })
}

/** Puts the room's object to sleep; its sockets stay open. */
export function sleep(room: string): Promise<void> {
  return endObject(room, 'hibernate')
}
