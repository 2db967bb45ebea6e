import { type Clock, openSession, type Session, type SocketHandlers } from '../../client/session/index.ts'
import { holds } from '../../tools/delivery/invariants.ts'
import type { Platform } from './platform.ts'
import { SimulatedSocket } from './simulated-socket.ts'
import type { SimulatedTab } from './simulated-tab.ts'
import { TabOutbox } from './tab-outbox.ts'
import type { World } from './world.ts'

/** A tab opens fewer sockets a minute than this, even if its network comes back again and again. */
const STORM_SOCKETS = 100
const STORM_MS = 60_000

/** A tab from its opening to its end: a session of the real kit with simulated network, storage and clock. */
export class OpenTab {
  readonly session: Session
  readonly #world: World
  readonly #platform: Platform
  readonly #tab: SimulatedTab
  readonly #name: string
  readonly #outbox: TabOutbox
  socket: SimulatedSocket | undefined
  newestId = ''
  #connects: number[] = []
  #ids = 0
  #isOver = false
  isFrozen = false
  #frozen: (() => void)[] = []

  constructor(world: World, platform: Platform, tab: SimulatedTab, name: string) {
    this.#world = world
    this.#platform = platform
    this.#tab = tab
    this.#name = name
    const { person } = tab
    const clock = this.#clock()
    const wake = (run: () => void): void => this.#wake(run)
    const stirred = (): void => {
      world.clock.stirred = true
    }
    const { latency, locks } = person.storage
    this.#outbox = new TabOutbox(person.outbox, {
      latency: () => (latency > 0 ? world.random.between(0, latency) : 0),
      isLate: () => latency === 0 || world.random.chance(0.5),
      after: (ms, run) => world.clock.after(ms, run),
      stirred,
      locks,
      removed: (entry) => this.#note(() => person.sendRecord.removed(entry)),
      wake,
      isFrozen: () => this.isFrozen,
      failing: () => person.failing,
    })
    this.session = openSession({
      room: platform.room,
      username: person.username,
      ...(tab.isWatching ? { watch: true } : {}),
      connect: (handlers) => this.#connect(handlers),
      diagnose: async () => undefined,
      outbox: this.#outbox,
      ...world.keptRows,
      clock,
      random: world.random.next,
      newId: () => this.#newId(),
      online: tab.isOnline,
    })
    stirred()
  }

  end(): void {
    this.session.close()
    this.#isOver = true
    this.#outbox.end('closed')
  }

  crash(): void {
    this.#isOver = true
    this.#outbox.end('crashed')
    this.socket?.cut()
  }

  freeze(ms: number): void {
    if (this.isFrozen) return
    this.isFrozen = true
    this.#world.clock.after(ms, () => this.thaw())
  }

  thaw(): void {
    if (!this.isFrozen) return
    this.isFrozen = false
    const frozen = this.#frozen
    this.#frozen = []
    for (const run of frozen) this.#wake(run)
  }

  #wake(run: () => void): void {
    if (this.#isOver) return
    if (this.isFrozen) this.#frozen.push(run)
    else run()
  }

  #connect(handlers: SocketHandlers) {
    this.#checkConnect()
    const { by } = this.#tab.person
    const owner = { by, tab: this.#tab.name, wake: (run: () => void) => this.#wake(run) }
    this.socket = new SimulatedSocket(this.#world, this.#platform, handlers, owner)
    return this.socket.socket
  }

  /** A tab has one socket at a time, and opens only so many a minute. */
  #checkConnect(): void {
    const { clock } = this.#world
    this.#connects = [...this.#connects.filter((at) => at > clock.now - STORM_MS), clock.now]
    const { length } = this.#connects
    const { name } = this.#tab
    this.#note(() => {
      holds('calm', length < STORM_SOCKETS, () => `${name} opened ${length} sockets in a minute`)
      holds('calm', this.socket?.isOver !== false, () => `${name} opens a second socket`)
    })
  }

  /** Keeps a failed check for later: the kit would take a thrown error for a transport fault. */
  #note(check: () => void): void {
    try {
      check()
    } catch (fault) {
      this.#world.fault ??= fault
    }
  }

  #clock(): Clock {
    const { clock } = this.#world
    const { person } = this.#tab
    return {
      now: () => clock.now + person.skew,
      after: (ms, run) => {
        const cancel = clock.after(ms, () => this.#wake(run))
        return () => {
          // The kit cancels a timer when the promise it guards has settled.
          clock.stirred = true
          cancel()
        }
      },
    }
  }

  #newId(): string {
    this.#ids += 1
    this.newestId = `${this.#name}.${this.#ids}`
    return this.newestId
  }
}
