import type { Socket, SocketHandlers } from '../../client/session/index.ts'
import type { World } from './world.ts'

/** The server's side of a connection. */
export interface Server {
  /** A new socket, or false where none is to be had. */
  accept(line: Line): boolean
  message(line: Line, text: string): void
  closed(line: Line): void
}

/** Who connects, from where. */
export interface Caller {
  readonly by: string
  readonly tab: string
  /** Runs what reaches the client, at once or when it is awake again. */
  wake(run: () => void): void
}

/** One direction. It keeps its order; nothing else is sure. */
interface Way {
  /** When the newest frame on it arrives. */
  at: number
  /** Swallows everything from now on. */
  deaf: boolean
  /** Whatever would arrive from then on does not. */
  lostFrom: number
  /** So many frames to come are lost. */
  lose: number
}

/** A socket between one tab and the room, and all that can befall it. */
export class Line {
  readonly number: number
  readonly by: string
  readonly tab: string
  readonly #world: World
  readonly #server: Server
  readonly #handlers: SocketHandlers
  readonly #caller: Caller
  readonly #up = newWay()
  readonly #down = newWay()
  /** What the server's end says of itself: a ghost may well say that it is open. */
  isOpen = false
  #isHaunted = false
  /** Whether something that the server sent was lost on it. */
  hasMissed = false
  #hasClosed = false
  #wasTold = false

  constructor(world: World, server: Server, handlers: SocketHandlers, caller: Caller) {
    this.#world = world
    this.#server = server
    this.#handlers = handlers
    this.#caller = caller
    this.by = caller.by
    this.tab = caller.tab
    world.counts.sockets += 1
    this.number = world.counts.sockets
    this.#carry(this.#up, () => this.#arrive())
  }

  /** The client's end. */
  get socket(): Socket {
    return { send: (text) => this.#say(text), close: () => this.#leave() }
  }

  /** Whether frames still get through both ways, as far as the network is concerned. */
  get isWell(): boolean {
    return this.isOpen && !this.#hasClosed && !this.#wasTold && !this.#up.deaf && !this.#down.deaf
  }

  /** Whether the client is done with it, or was told that it is over. */
  get isOver(): boolean {
    return this.#hasClosed || this.#wasTold
  }

  /** Whether something is still under way to the client. */
  get isStalled(): boolean {
    return this.#down.at > this.#world.clock.now
  }

  // What the server does.

  send(text: string): void {
    if (!this.isOpen) throw new Error('This socket is closed')
    this.#tellClient(text, this.#next(this.#down))
  }

  /** An answer that the platform gives by itself: it may overtake what the room has just said. */
  answer(text: string): void {
    const { clock, random, latency } = this.#world
    const earliest = clock.now + random.between(latency[0], latency[1])
    this.#tellClient(text, Math.max(earliest, this.#down.at - random.between(0, 30)))
  }

  close(code: number): void {
    if (!this.isOpen) throw new Error('This socket is closed')
    this.isOpen = false
    this.#trace('<', `close ${code}`)
    this.#carry(this.#down, () => this.#end(code))
  }

  /** The server is gone. Some of what it sent last is still under way. */
  die(code: number): void {
    if (!this.isOpen) return
    this.isOpen = false
    this.#up.lostFrom = this.#world.clock.now
    this.#break(this.#down)
    this.#carryLast(code)
  }

  // What befalls it.

  /** It breaks, and both ends come to know. */
  cut(): void {
    this.#break(this.#down)
    this.#break(this.#up)
    this.#carryLast(1006)
    this.#carryClose()
  }

  /** From now on nothing gets through that way, and nobody is told. */
  deafen(way: 'up' | 'down' | 'both'): void {
    if (way !== 'down') this.#up.deaf = true
    if (way !== 'up') this.#down.deaf = true
    this.hasMissed = true
  }

  lose(frames: number): void {
    this.#down.lose += frames
  }

  /** Whatever is dead stays dead; nothing new befalls it. */
  mend(): void {
    this.#down.lose = 0
  }

  stall(ms: number, way: 'up' | 'down' | 'both'): void {
    const { now } = this.#world.clock
    if (way !== 'down') this.#up.at = Math.max(this.#up.at, now + ms)
    if (way !== 'up') this.#down.at = Math.max(this.#down.at, now + ms)
  }

  /** The server will never be told that it closed; the socket itself may know. */
  haunt(): void {
    this.#isHaunted = true
  }

  #arrive(): void {
    if (this.#hasClosed || !this.#server.accept(this)) return this.#end(1006)
    this.isOpen = true
    this.#carry(this.#down, () => this.#caller.wake(() => this.#handlers.open()))
  }

  #say(text: string): void {
    if (this.#hasClosed || this.#wasTold) return
    this.#trace('>', text)
    this.#carry(this.#up, () => {
      if (this.isOpen) this.#server.message(this, text)
    })
  }

  #leave(): void {
    if (this.#hasClosed) return
    this.#hasClosed = true
    this.#trace('>', 'close')
    this.#carryClose()
    this.#carry(this.#down, () => this.#end(1005))
  }

  #tellClient(text: string, at: number): void {
    const { random, counts, loss } = this.#world
    const isLost = this.#down.lose > 0 || (loss > 0 && random.chance(loss))
    this.#trace(isLost ? '<x' : '<', text)
    if (isLost) {
      if (this.#down.lose > 0) this.#down.lose -= 1
      counts.lost += 1
      this.hasMissed = true
      return
    }
    this.#carryUntil(this.#down, at, () => {
      if (!this.#wasTold) this.#caller.wake(() => this.#hear(text))
    })
  }

  #hear(text: string): void {
    const { clock } = this.#world
    const { stirred } = clock
    this.#handlers.message(text)
    // Nobody waits for a heartbeat, and they are many.
    if (text.startsWith('pong')) clock.stirred = stirred
  }

  #end(code: number): void {
    if (this.#wasTold) return
    this.#wasTold = true
    this.#caller.wake(() => this.#handlers.close(code))
  }

  /** What is under way may be lost from some moment on. */
  #break(way: Way): void {
    const { clock, random } = this.#world
    if (random.chance(0.7)) way.lostFrom = Math.min(way.lostFrom, clock.now + random.between(0, 100))
  }

  #carryLast(code: number): void {
    const { clock, random } = this.#world
    const at = Math.max(Math.min(this.#down.at, this.#down.lostFrom), clock.now + random.between(0, 200))
    if (!this.#down.deaf) clock.after(at - clock.now, () => this.#end(code))
  }

  #carryClose(): void {
    const { clock, random } = this.#world
    if (this.#isHaunted) {
      if (random.chance(0.3)) this.isOpen = false
      return
    }
    if (this.#up.deaf) return
    const at = Math.max(this.#up.at, clock.now + random.between(0, 300))
    clock.after(at - clock.now, () => this.#gone())
  }

  #gone(): void {
    if (!this.isOpen) return
    this.isOpen = false
    this.#server.closed(this)
  }

  #carry(way: Way, run: () => void): void {
    this.#carryUntil(way, this.#next(way), run)
  }

  /** When what is sent now arrives, behind all that was sent before. */
  #next(way: Way): number {
    const { clock, random, latency } = this.#world
    way.at = Math.max(way.at, clock.now + random.between(latency[0], latency[1]))
    return way.at
  }

  #carryUntil(way: Way, at: number, run: () => void): void {
    if (way.deaf) return
    const { clock } = this.#world
    clock.after(at - clock.now, () => {
      if (at < way.lostFrom) run()
    })
  }

  #trace(direction: string, text: string): void {
    this.#world.tell?.(`${this.tab} #${this.number} ${direction} ${text}`)
  }
}

function newWay(): Way {
  return { at: 0, deaf: false, lose: 0, lostFrom: Number.POSITIVE_INFINITY }
}
