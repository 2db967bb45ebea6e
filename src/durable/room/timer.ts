/** A timer for the next due time. A set timer keeps the object awake, so it is always short. */
export class Timer {
  readonly #run: () => void
  #handle: ReturnType<typeof setTimeout> | undefined
  #at = Number.POSITIVE_INFINITY

  constructor(run: () => void) {
    this.#run = run
  }

  set(at: number | undefined, now: number): void {
    if (at === undefined) return this.#clear()
    if (at === this.#at) return
    this.#clear()
    this.#at = at
    this.#handle = setTimeout(
      () => {
        this.#at = Number.POSITIVE_INFINITY
        this.#run()
      },
      Math.max(0, at - now),
    )
  }

  #clear(): void {
    if (this.#handle !== undefined) clearTimeout(this.#handle)
    this.#at = Number.POSITIVE_INFINITY
  }
}
