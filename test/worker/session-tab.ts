import { openSession, type Session, type Socket, type SocketHandlers } from '../../client/session/index.ts'
import { realClock } from '../../tools/real-clock.ts'
import type { RecordingOutbox } from '../../tools/recording-outbox.ts'
import { upgrade } from './raw-client.ts'

const TIMES_FASTER = 50

export interface TabOptions {
  room: string
  username: string
  cookie: string
  outbox: RecordingOutbox
}

/** The session kit in a room, over real sockets that a test can break. */
export class SessionTab {
  readonly who: TabOptions
  readonly #name: string
  #session: Session
  #wire: BreakableSocket | undefined
  #ids = 0

  constructor(name: string, who: TabOptions) {
    this.who = who
    this.#name = name
    this.#session = this.#open()
  }

  get session(): Session {
    return this.#session
  }

  /** All changes typed in this tab, in order. */
  get typed(): RecordingOutbox['typed'] {
    return this.who.outbox.typed.filter(({ id }) => id.startsWith(`${this.#name}-`))
  }

  /** Breaks the socket. The client learns it at once. */
  cut(): void {
    this.#wire?.cut()
  }

  /** Silently drops all later frames in one direction. */
  block(direction: 'up' | 'down'): void {
    this.#wire?.block(direction)
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
        this.#wire = new BreakableSocket(upgrade(room, { Cookie: cookie }), handlers)
        return this.#wire
      },
      diagnose: async () => undefined,
      clock: realClock(TIMES_FASTER),
      random: Math.random,
      newId: () => {
        this.#ids += 1
        return `${this.#name}-${this.#ids}`
      },
      online: true,
    })
  }
}

class BreakableSocket implements Socket {
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

  block(direction: 'up' | 'down'): void {
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
