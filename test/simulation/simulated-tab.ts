import type { Session } from '../../client/session/index.ts'
import { Life } from './open-tab.ts'
import type { Platform } from './platform.ts'
import type { SimulatedPerson } from './simulated-person.ts'
import type { SimulatedSocket } from './simulated-socket.ts'
import type { World } from './world.ts'

/** One tab of a person: the real session kit in simulated surroundings. */
export class SimulatedTab {
  readonly name: string
  readonly person: SimulatedPerson
  readonly isWatching: boolean
  readonly #world: World
  readonly #platform: Platform
  #life: Life | undefined
  #lives = 0
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
    return this.#life?.session
  }

  /** The newest socket. */
  get socket(): SimulatedSocket | undefined {
    return this.#life?.socket
  }

  /**
   * Changes made in one place go out in that order. With storage that answers at once, a person's whole browser is one
   * place; with slow storage, each tab is.
   */
  get place(): string {
    const { by, storage } = this.person
    return storage.latency === 0 ? by : `${this.name}:${this.#lives}`
  }

  get newestId(): string {
    return this.#life?.newestId ?? ''
  }

  open(): void {
    if (this.#life) return
    this.#lives += 1
    this.#life = new Life(this.#world, this.#platform, this, `${this.name}:${this.#lives}`)
  }

  /** Closes the tab in good order. */
  close(): void {
    this.#life?.end()
    this.#life = undefined
  }

  /** Ends the tab at once: unfinished work is lost. */
  crash(): void {
    this.#life?.crash()
    this.#life = undefined
  }

  get isFrozen(): boolean {
    return this.#life?.isFrozen ?? false
  }

  /** The browser stops the tab for `ms`. */
  freeze(ms: number): void {
    this.#life?.freeze(ms)
  }

  thaw(): void {
    this.#life?.thaw()
  }
}
