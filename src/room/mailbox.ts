import type { Incoming } from './handlers/handle-frame.ts'

/** After this many quiet ms, a frame gets its turn at once. A busier room gathers the frames that are ready. */
const QUIET_MS = 10
/** The same after a turn of a single frame. */
const ALONE_MS = 4
/** With this many commits on their way to the disk, new frames wait for the oldest and become one commit. */
const COMMITS_AT_ONCE = 2
/** In characters: more than this does not wait, because a turn of megabytes is too much at once for its readers. */
const MOST_WAITING = 256 * 1024

interface Deps {
  now(): number
  /** Resolves once all frames that have arrived by now are in the mailbox. */
  arrived(): Promise<void>
  /** Resolves once everything written by now is on the disk. */
  committed(): Promise<void>
  /** Runs a turn with these frames, and returns whether it wrote a change. */
  turn(incoming: readonly Incoming[]): boolean
}

/** Frames that wait for their turn. A quiet room has none; a busy room gathers them into one turn. */
export class Mailbox {
  readonly #deps: Deps
  #waiting: Incoming[] = []
  #size = 0
  #gathering = false
  #flushedAt = 0
  #quietMs = QUIET_MS
  /** Commits on their way to the disk, the oldest first. */
  readonly #commits: Promise<void>[] = []

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** The first frame that waits gets the promise of its turn. */
  add(incoming: Incoming): Promise<void> | undefined {
    this.#waiting.push(incoming)
    this.#size += typeof incoming.frame === 'string' ? incoming.frame.length : incoming.frame.byteLength
    if (this.#size >= MOST_WAITING) this.flush()
    if (this.#gathering || this.#waiting.length === 0) return undefined
    const isFull = this.#commits.length >= COMMITS_AT_ONCE
    if (isFull || this.#deps.now() - this.#flushedAt < this.#quietMs) return this.#gather(isFull)
    this.flush()
    return undefined
  }

  /** Runs the turn of all waiting frames now. */
  flush(): void {
    this.#gathering = false
    if (this.#waiting.length === 0) return
    const incoming = this.#waiting
    this.#waiting = []
    this.#size = 0
    this.#quietMs = incoming.length > 1 ? QUIET_MS : ALONE_MS
    if (this.#deps.turn(incoming)) this.#watch()
    this.#flushedAt = this.#deps.now()
  }

  async #gather(isFull: boolean): Promise<void> {
    this.#gathering = true
    if (isFull) await this.#commits[0]
    await this.#deps.arrived()
    this.flush()
  }

  #watch(): void {
    const commit = this.#deps.committed().finally(() => {
      this.#commits.shift()
    })
    this.#commits.push(commit)
    // A failed commit ends the object even if nobody awaits it.
    commit.catch(() => {})
  }
}
