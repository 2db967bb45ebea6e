import type { Session } from '../../client/session/index.ts'
import { Life } from './life.ts'
import type { Line } from './line.ts'
import type { Person } from './person.ts'
import type { Platform } from './platform.ts'
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

  /**
   * Whatever is typed in one place goes out in that order. A browser that keeps things at once is one place; where
   * that takes time, only what one tab asks for is in order.
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

  get isFrozen(): boolean {
    return this.#life?.isFrozen ?? false
  }

  /** The browser lets it do nothing for so long. */
  freeze(ms: number): void {
    this.#life?.freeze(ms)
  }

  thaw(): void {
    this.#life?.thaw()
  }
}
