import type { Socket, SocketHandlers } from '../../client/session/index.ts'
import type { World } from './world.ts'

/** The server's side of a connection. */
export interface SocketServer {
  /** Accepts a new socket; false if it cannot. */
  accept(line: SimulatedSocket): boolean
  message(line: SimulatedSocket, text: string): void
  closed(line: SimulatedSocket): void
}

/** The tab that opens a socket. */
export interface SocketOwner {
  readonly by: string
  readonly tab: string
  /** Runs the client's side: at once, or when the tab is awake again. */
  wake(run: () => void): void
}

/** One direction of a socket. It keeps its order; nothing else is guaranteed. */
interface Direction {
  /** When the newest frame on it arrives. */
  at: number
  /** Silently loses everything from now on. */
  isSilent: boolean
  /** Loses what would arrive at or after this time, in ms. */
  lostFrom: number
  /** How many of the next frames it loses. */
  framesToLose: number
}

/** A socket between a tab and the room, with everything that can go wrong on it. */
export class SimulatedSocket {
  readonly number: number
  readonly by: string
  readonly tab: string
  readonly #world: World
  readonly #server: SocketServer
  readonly #handlers: SocketHandlers
  readonly #owner: SocketOwner
  readonly #up = newDirection()
  readonly #down = newDirection()
  /** Whether the server's end counts as open. A dead socket may. */
  isOpen = false
  #hidesClose = false
  /** Whether it lost a frame of the server. */
  hasMissed = false
  #clientClosed = false
  #clientKnows = false

  constructor(world: World, server: SocketServer, handlers: SocketHandlers, owner: SocketOwner) {
    this.#world = world
    this.#server = server
    this.#handlers = handlers
    this.#owner = owner
    this.by = owner.by
    this.tab = owner.tab
    world.counts.sockets += 1
    this.number = world.counts.sockets
    this.#carry(this.#up, () => this.#open())
  }

  /** The client's end. */
  get socket(): Socket {
    return { send: (text) => this.#sendToServer(text), close: () => this.#closeByClient() }
  }

  /** Whether the network carries frames in both directions. */
  get isWell(): boolean {
    return (
      this.isOpen && !this.#clientClosed && !this.#clientKnows && !this.#up.isSilent && !this.#down.isSilent
    )
  }

  /** Whether the client closed it, or knows that it is closed. */
  get isOver(): boolean {
    return this.#clientClosed || this.#clientKnows
  }

  /** Whether a frame is still on its way to the client. */
  get isDelayed(): boolean {
    return this.#down.at > this.#world.clock.now
  }

  // The server's side.

  send(text: string): void {
    if (!this.isOpen) throw new Error('This socket is closed')
    this.#sendToClient(text, this.#next(this.#down))
  }

  /** An answer of the platform itself: it may overtake what the room has just sent. */
  answer(text: string): void {
    const { clock, random, latency } = this.#world
    const earliest = clock.now + random.between(latency[0], latency[1])
    this.#sendToClient(text, Math.max(earliest, this.#down.at - random.between(0, 30)))
  }

  close(code: number): void {
    if (!this.isOpen) throw new Error('This socket is closed')
    this.isOpen = false
    this.#trace('<', `close ${code}`)
    this.#carry(this.#down, () => this.#end(code))
  }

  /** The server dies. Some of its last frames may still arrive. */
  die(code: number): void {
    if (!this.isOpen) return
    this.isOpen = false
    this.#up.lostFrom = this.#world.clock.now
    this.#break(this.#down)
    this.#carryLast(code)
  }

  // Faults.

  /** Breaks the socket; both ends notice. */
  cut(): void {
    this.#break(this.#down)
    this.#break(this.#up)
    this.#carryLast(1006)
    this.#carryClose()
  }

  /** Silently loses everything in this direction from now on. */
  silence(way: 'up' | 'down' | 'both'): void {
    if (way !== 'down') this.#up.isSilent = true
    if (way !== 'up') this.#down.isSilent = true
    this.hasMissed = true
  }

  lose(frames: number): void {
    this.#down.framesToLose += frames
  }

  /** Ends the faults to come; a dead socket stays dead. */
  recover(): void {
    this.#down.framesToLose = 0
  }

  delay(ms: number, way: 'up' | 'down' | 'both'): void {
    const { now } = this.#world.clock
    if (way !== 'down') this.#up.at = Math.max(this.#up.at, now + ms)
    if (way !== 'up') this.#down.at = Math.max(this.#down.at, now + ms)
  }

  /** The server will not be notified of the close; its end of the socket may still know. */
  hideClose(): void {
    this.#hidesClose = true
  }

  #open(): void {
    if (this.#clientClosed || !this.#server.accept(this)) return this.#end(1006)
    this.isOpen = true
    this.#carry(this.#down, () => this.#owner.wake(() => this.#handlers.open()))
  }

  #sendToServer(text: string): void {
    if (this.#clientClosed || this.#clientKnows) return
    this.#trace('>', text)
    this.#carry(this.#up, () => {
      if (this.isOpen) this.#server.message(this, text)
    })
  }

  #closeByClient(): void {
    if (this.#clientClosed) return
    this.#clientClosed = true
    this.#trace('>', 'close')
    this.#carryClose()
    this.#carry(this.#down, () => this.#end(1005))
  }

  #sendToClient(text: string, at: number): void {
    const { random, counts, loss } = this.#world
    const isLost = this.#down.framesToLose > 0 || (loss > 0 && random.chance(loss))
    this.#trace(isLost ? '<x' : '<', text)
    if (isLost) {
      if (this.#down.framesToLose > 0) this.#down.framesToLose -= 1
      counts.lost += 1
      this.hasMissed = true
      return
    }
    this.#carryUntil(this.#down, at, () => {
      if (!this.#clientKnows) this.#owner.wake(() => this.#receive(text))
    })
  }

  #receive(text: string): void {
    const { clock } = this.#world
    const { stirred } = clock
    this.#handlers.message(text)
    // Heartbeats are many, and no test step waits for one.
    if (text.startsWith('pong')) clock.stirred = stirred
  }

  #end(code: number): void {
    if (this.#clientKnows) return
    this.#clientKnows = true
    this.#owner.wake(() => this.#handlers.close(code))
  }

  /** May lose what is on its way, from some moment on. */
  #break(way: Direction): void {
    const { clock, random } = this.#world
    if (random.chance(0.7)) way.lostFrom = Math.min(way.lostFrom, clock.now + random.between(0, 100))
  }

  #carryLast(code: number): void {
    const { clock, random } = this.#world
    const at = Math.max(Math.min(this.#down.at, this.#down.lostFrom), clock.now + random.between(0, 200))
    if (!this.#down.isSilent) clock.after(at - clock.now, () => this.#end(code))
  }

  #carryClose(): void {
    const { clock, random } = this.#world
    if (this.#hidesClose) {
      if (random.chance(0.3)) this.isOpen = false
      return
    }
    if (this.#up.isSilent) return
    const at = Math.max(this.#up.at, clock.now + random.between(0, 300))
    clock.after(at - clock.now, () => this.#reportClosed())
  }

  #reportClosed(): void {
    if (!this.isOpen) return
    this.isOpen = false
    this.#server.closed(this)
  }

  #carry(way: Direction, run: () => void): void {
    this.#carryUntil(way, this.#next(way), run)
  }

  /** When a frame sent now arrives: after all frames before it. */
  #next(way: Direction): number {
    const { clock, random, latency } = this.#world
    way.at = Math.max(way.at, clock.now + random.between(latency[0], latency[1]))
    return way.at
  }

  #carryUntil(way: Direction, at: number, run: () => void): void {
    if (way.isSilent) return
    const { clock } = this.#world
    clock.after(at - clock.now, () => {
      if (at < way.lostFrom) run()
    })
  }

  #trace(direction: string, text: string): void {
    this.#world.trace?.(`${this.tab} #${this.number} ${direction} ${text}`)
  }
}

function newDirection(): Direction {
  return { at: 0, isSilent: false, framesToLose: 0, lostFrom: Number.POSITIVE_INFINITY }
}
