import type { Socket, SocketHandlers } from '../../../client/session/index.ts'
import type { FakeClock } from './fake-clock.ts'
import type { FakeServer, Peer } from './fake-server.ts'

/** A connection between a client and the server. Each direction keeps its order; nothing else is guaranteed. */
export class Wire {
  readonly sent: string[] = []
  /** While true, frames to the server (or to the client) are silently lost. */
  deafServer = false
  deafClient = false
  isOver = false
  readonly peer: Peer
  readonly #handlers: SocketHandlers
  readonly #clock: FakeClock
  readonly #server: FakeServer
  readonly #latency: () => number
  #upAt = 0
  #downAt = 0

  constructor(
    { clock, server, latency }: { clock: FakeClock; server: FakeServer; latency(): number },
    handlers: SocketHandlers,
    by: string,
  ) {
    this.#clock = clock
    this.#server = server
    this.#latency = latency
    this.#handlers = handlers
    this.peer = {
      by,
      tell: (text) => this.#down(() => handlers.message(text)),
      close: (code) => this.close(code),
    }
    this.#down(() => {
      server.open(this.peer)
      handlers.open()
    })
  }

  get socket(): Socket {
    return {
      send: (text) => {
        this.sent.push(text)
        const lost = this.deafServer || this.isOver
        if (!lost) this.#up(() => this.#server.receive(this.peer, text))
      },
      close: () => this.cut(),
    }
  }

  /** The server closes it, after the frames it sent before. */
  close(code: number): void {
    this.#down(() => this.cut(code))
  }

  /** It breaks: for the client at once, while frames to the server may still arrive. */
  cut(code = 1006): void {
    if (this.isOver) return
    this.isOver = true
    this.#clock.after(this.#latency(), () => this.#server.closed(this.peer))
    this.#handlers.close(code)
  }

  #up(run: () => void): void {
    this.#upAt = Math.max(this.#upAt, this.#clock.elapsed + this.#latency())
    this.#clock.after(this.#upAt - this.#clock.elapsed, run)
  }

  #down(run: () => void): void {
    const isLost = this.deafClient
    this.#downAt = Math.max(this.#downAt, this.#clock.elapsed + this.#latency())
    this.#clock.after(this.#downAt - this.#clock.elapsed, () => {
      if (!this.isOver && !isLost) run()
    })
  }
}
