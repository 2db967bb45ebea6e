import {
  type Clock,
  MemoryOutbox,
  type OutboxEntry,
  openSession,
  type Session,
  type Socket,
  type SocketHandlers,
} from '../../client/session/index.ts'
import { upgrade } from './raw-client.ts'

const TIMES_FASTER = 50

/** A clock on which back-off, heartbeats and what is waited for pass quickly. */
const fastClock: Clock = {
  now: () => Date.now() * TIMES_FASTER,
  after(ms, run) {
    const timer = setTimeout(run, ms / TIMES_FASTER)
    return () => clearTimeout(timer)
  },
}

/** An outbox that several tabs share, and all that was ever put into it. */
export class Diary extends MemoryOutbox {
  readonly typed: OutboxEntry[] = []

  override async add(entry: Omit<OutboxEntry, 'order'>): Promise<OutboxEntry> {
    const stored = await super.add(entry)
    this.typed.push(stored)
    return stored
  }
}

export interface Who {
  room: string
  username: string
  cookie: string
  outbox: Diary
}

/** The session kit over real sockets into a room, which a test can break. */
export class Tab {
  readonly who: Who
  readonly #name: string
  #session: Session
  #wire: Wire | undefined
  #ids = 0

  constructor(name: string, who: Who) {
    this.who = who
    this.#name = name
    this.#session = this.#open()
  }

  get session(): Session {
    return this.#session
  }

  /** What was typed here, in that order. */
  get typed(): OutboxEntry[] {
    return this.who.outbox.typed.filter(({ id }) => id.startsWith(`${this.#name}-`))
  }

  /** The socket breaks, and its client is told at once. */
  cut(): void {
    this.#wire?.cut()
  }

  /** From now on nothing gets through in one direction, and nobody is told. */
  deafen(direction: 'up' | 'down'): void {
    this.#wire?.deafen(direction)
  }

  reload(): void {
    this.#session.close()
    this.#session = this.#open()
  }

  #open(): Session {
    const { room, cookie, username, outbox } = this.who
    return openSession({
      room,
      username,
      outbox,
      connect: (handlers) => {
        this.#wire = new Wire(upgrade(room, { Cookie: cookie }), handlers)
        return this.#wire
      },
      diagnose: async () => undefined,
      clock: fastClock,
      random: Math.random,
      newId: () => {
        this.#ids += 1
        return `${this.#name}-${this.#ids}`
      },
      online: true,
    })
  }
}

class Wire implements Socket {
  readonly #handlers: SocketHandlers
  readonly #deaf = new Set<'up' | 'down'>()
  #socket: WebSocket | undefined
  #isOver = false

  constructor(response: Promise<Response>, handlers: SocketHandlers) {
    this.#handlers = handlers
    response.then(
      ({ webSocket }) => this.#accept(webSocket),
      () => this.#end(1006),
    )
  }

  send(text: string): void {
    if (!this.#deaf.has('up')) this.#socket?.send(text)
  }

  close(): void {
    this.#socket?.close(1000)
    this.#end(1000)
  }

  cut(): void {
    this.#socket?.close(1000)
    this.#end(1006)
  }

  deafen(direction: 'up' | 'down'): void {
    this.#deaf.add(direction)
  }

  #accept(socket: WebSocket | null): void {
    if (socket === null) return this.#end(1006)
    socket.accept()
    if (this.#isOver) return socket.close(1000)
    this.#socket = socket
    socket.addEventListener('message', ({ data }) => {
      if (!this.#isOver && !this.#deaf.has('down')) this.#handlers.message(String(data))
    })
    socket.addEventListener('close', ({ code }) => this.#end(code))
    this.#handlers.open()
  }

  #end(code: number): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#handlers.close(code)
  }
}
