import { FakeClock } from '../unit/session/fake-clock.ts'

/** So much passes while the room is asked something and answers. */
export const STEP_MS = 200

/**
 * A clock for session kits that talk to a real server: it goes on as fast as the room answers, and no faster. So
 * no time-out passes for which the server, or this machine, was just too busy, and half a minute is soon over.
 */
export class PacedClock extends FakeClock {
  readonly #ask: () => Promise<unknown>

  constructor(ask: () => Promise<unknown>) {
    super()
    this.#ask = ask
  }

  /** Lets time pass until `is` holds, and answers how much that was. */
  async until(is: () => boolean, what: string, atMost = 120_000): Promise<number> {
    const start = this.elapsed
    while (!is()) {
      if (this.elapsed - start >= atMost) throw new Error(`${atMost} ms passed before ${what}`)
      await this.#ask()
      await this.advance(STEP_MS)
    }
    return this.elapsed - start
  }

  async pass(ms: number): Promise<void> {
    const end = this.elapsed + ms
    await this.until(() => this.elapsed >= end, 'the time was over', ms)
  }
}
