import {
  type Clock,
  type OutboxEntry,
  openSession,
  type Session,
  type SocketHandlers,
} from '../../client/session/index.ts'
import { Line } from './line.ts'
import type { Person } from './person.ts'
import type { Platform } from './platform.ts'
import { TabOutbox } from './tab-outbox.ts'
import type { World } from './world.ts'

/** One tab of a person: the real session kit, with everything around it played. */
export class Tab {
  readonly name: string
  readonly person: Person
  readonly isWatching: boolean
  readonly #world: World
  readonly #platform: Platform
  #life: Life | undefined
  #lives = 0
  isOnline = true

  constructor(world: World, platform: Platform, person: Person, number: number, isWatching: boolean) {
    this.#world = world
    this.#platform = platform
    this.person = person
    this.name = `${person.by}/${number}`
    this.isWatching = isWatching
  }

  get session(): Session | undefined {
    return this.#life?.session
  }

  /** The newest connection. */
  get line(): Line | undefined {
    return this.#life?.line
  }

  /** What is typed here counts as typed in one place, until the tab is opened anew. */
  get place(): string {
    return `${this.name}:${this.#lives}`
  }

  get newestId(): string {
    return this.#life?.newestId ?? ''
  }

  open(): void {
    if (this.#life) return
    this.#lives += 1
    this.#life = new Life(this.#world, this.#platform, this)
  }

  /** Leaves in good order. */
  close(): void {
    this.#life?.end()
    this.#life = undefined
  }

  /** Ends without another word: what was under way is lost. */
  crash(): void {
    this.#life?.crash()
    this.#life = undefined
  }

  /** The browser lets it do nothing for so long. */
  freeze(ms: number): void {
    this.#life?.freeze(ms)
  }

  thaw(): void {
    this.#life?.thaw()
  }
}

/** A tab from its opening to its end. */
class Life {
  readonly session: Session
  readonly #world: World
  readonly #platform: Platform
  readonly #tab: Tab
  readonly #outbox: TabOutbox
  line: Line | undefined
  newestId = ''
  #ids = 0
  #isOver = false
  #isFrozen = false
  #frozen: (() => void)[] = []

  constructor(world: World, platform: Platform, tab: Tab) {
    this.#world = world
    this.#platform = platform
    this.#tab = tab
    const { person } = tab
    const clock = this.#clock()
    const wake = (run: () => void): void => this.#wake(run)
    const stirred = (): void => {
      world.clock.stirred = true
    }
    const removed = (entry: OutboxEntry): void => {
      try {
        person.diary.removed(entry)
      } catch (fault) {
        world.fault ??= fault
      }
    }
    const { latency, locks } = person.storage
    this.#outbox = new TabOutbox(person.outbox, {
      latency: () => (latency > 0 ? world.random.between(0, latency) : 0),
      isLate: () => latency === 0 || world.random.chance(0.5),
      after: (ms, run) => world.clock.after(ms, run),
      stirred,
      locks,
      removed,
      wake,
      isFrozen: () => this.#isFrozen,
    })
    this.session = openSession({
      room: platform.room,
      username: person.username,
      ...(tab.isWatching ? { watch: true } : {}),
      connect: (handlers) => this.#connect(handlers),
      diagnose: async () => undefined,
      outbox: this.#outbox,
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
    this.line?.cut()
  }

  freeze(ms: number): void {
    if (this.#isFrozen) return
    this.#isFrozen = true
    this.#world.clock.after(ms, () => this.thaw())
  }

  thaw(): void {
    if (!this.#isFrozen) return
    this.#isFrozen = false
    const frozen = this.#frozen
    this.#frozen = []
    for (const run of frozen) this.#wake(run)
  }

  #wake(run: () => void): void {
    if (this.#isOver) return
    if (this.#isFrozen) this.#frozen.push(run)
    else run()
  }

  #connect(handlers: SocketHandlers) {
    const { by } = this.#tab.person
    const caller = { by, tab: this.#tab.name, wake: (run: () => void) => this.#wake(run) }
    this.line = new Line(this.#world, this.#platform, handlers, caller)
    return this.line.socket
  }

  #clock(): Clock {
    const { clock } = this.#world
    const { skew } = this.#tab.person
    return {
      now: () => clock.now + skew,
      after: (ms, run) => {
        const cancel = clock.after(ms, () => this.#wake(run))
        return () => {
          // Whatever waits in the kit for an answer gives up its timer when it goes on.
          clock.stirred = true
          cancel()
        }
      },
    }
  }

  #newId(): string {
    this.#ids += 1
    this.newestId = `${this.#tab.place}.${this.#ids}`
    return this.newestId
  }
}
