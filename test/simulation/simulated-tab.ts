import type { Session } from '../../client/session/index.ts'
import { OpenTab } from './open-tab.ts'
import type { Platform } from './platform.ts'
import type { SimulatedPerson } from './simulated-person.ts'
import type { SimulatedSocket } from './simulated-socket.ts'
import type { World } from './world.ts'

/** One tab of a person: the real session kit with a simulated browser and network. */
export class SimulatedTab {
  readonly name: string
  readonly person: SimulatedPerson
  readonly isWatching: boolean
  readonly #world: World
  readonly #platform: Platform
  #open: OpenTab | undefined
  #openings = 0
  isOnline = true

  constructor(
    world: World,
    platform: Platform,
    person: SimulatedPerson,
    number: number,
    isWatching: boolean,
  ) {
    this.#world = world
    this.#platform = platform
    this.person = person
    this.name = `${person.by}/${number}`
    this.isWatching = isWatching
  }

  get session(): Session | undefined {
    return this.#open?.session
  }

  /** The newest socket. */
  get socket(): SimulatedSocket | undefined {
    return this.#open?.socket
  }

  /**
   * Changes of one place are stored in the order of typing. With fast storage, a person's whole browser is one place; with
   * slow storage, or one that was late, each tab is.
   */
  get place(): string {
    const { by, storage, hasFailed } = this.person
    return storage.latency === 0 && !hasFailed ? by : `${this.name}:${this.#openings}`
  }

  get newestId(): string {
    return this.#open?.newestId ?? ''
  }

  open(): void {
    if (this.#open) return
    this.#openings += 1
    this.#open = new OpenTab(this.#world, this.#platform, this, `${this.name}:${this.#openings}`)
  }

  /** Closes the tab properly. */
  close(): void {
    this.#open?.end()
    this.#open = undefined
  }

  /** Ends the tab at once: unfinished work is lost. */
  crash(): void {
    this.#open?.crash()
    this.#open = undefined
  }

  get isFrozen(): boolean {
    return this.#open?.isFrozen ?? false
  }

  /** The browser stops the tab for `ms`. */
  freeze(ms: number): void {
    this.#open?.freeze(ms)
  }

  thaw(): void {
    this.#open?.thaw()
  }
}
