import { FakeClock } from '../unit/session/fake-clock.ts'

/** How much time passes while the room answers one request. */
export const STEP_MS = 200

/**
 * A clock for session kits that talk to a real server. It advances only when the room has answered, so a busy machine
 * causes no time-outs, and half a minute passes quickly.
 */
export class PacedClock extends FakeClock {
  readonly #ask: () => Promise<unknown>

  constructor(ask: () => Promise<unknown>) {
    super()
    this.#ask = ask
  }

  /** Advances until `is` holds. Returns how much time passed. */
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
