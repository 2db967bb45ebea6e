/**
 * Latencies, evenly thinned: when full, it drops every second value and then accepts only every second one. Memory stays
 * bounded, and the percentiles stay those of the whole time.
 */
export class Samples {
  readonly #values: Float64Array
  #length = 0
  #step = 1
  #skip = 0

  constructor(capacity = 1 << 18) {
    this.#values = new Float64Array(capacity)
  }

  /** Whether the next value counts. Ask first, so that other values need not be computed. */
  wants(): boolean {
    if (this.#skip > 0) {
      this.#skip -= 1
      return false
    }
    this.#skip = this.#step - 1
    return true
  }

  add(value: number): void {
    if (this.#length === this.#values.length) this.#thin()
    this.#values[this.#length++] = value
  }

  get length(): number {
    return this.#length
  }

  /** The value that `share` (0 to 1) of all values do not exceed; NaN without values. */
  percentile(share: number): number {
    const sorted = this.#values.slice(0, this.#length).sort()
    return sorted[Math.min(this.#length - 1, Math.floor(share * this.#length))] ?? Number.NaN
  }

  #thin(): void {
    for (let at = 0; at * 2 < this.#length; at++) this.#values[at] = this.#values[at * 2] ?? 0
    this.#length = Math.ceil(this.#length / 2)
    this.#step *= 2
  }
}
