import type { Incoming } from './handlers/handle-frame.ts'

/** A room that was quiet for so long is answered at once; a busier one gathers what is ready. */
const QUIET_MS = 10
/** And after a turn that held no more than one thing, for so long. */
const ALONE_MS = 4
/** With so many commits on their way to the disk, what comes meanwhile waits for the first of them, and is one commit. */
const COMMITS_AT_ONCE = 2
/** So much is not kept waiting, in characters: a turn of megabytes would be too much at once for whoever hears it. */
const MOST_WAITING = 256 * 1024

interface Surroundings {
  now(): number
  /** Resolves once what has arrived by now has been read. */
  arrived(): Promise<void>
  /** Resolves once all that was written by now is on the disk. */
  committed(): Promise<void>
  /** Plays a turn with what has come in, and answers whether it wrote any change. */
  turn(incoming: readonly Incoming[]): boolean
}

/** What has come in and waits for its turn: none when the room is quiet, and company when it is busy. */
export class Mailbox {
  readonly #around: Surroundings
  #waiting: Incoming[] = []
  #size = 0
  #gathering = false
  #flushedAt = 0
  #quietMs = QUIET_MS
  /** Commits that are on their way, the oldest first. */
  readonly #commits: Promise<void>[] = []

  constructor(around: Surroundings) {
    this.#around = around
  }

  /** The promise is of the turn that the first of a gathering waits for. */
  add(incoming: Incoming): Promise<void> | undefined {
    this.#waiting.push(incoming)
    this.#size += typeof incoming.frame === 'string' ? incoming.frame.length : incoming.frame.byteLength
    if (this.#size >= MOST_WAITING) this.flush()
    if (this.#gathering || this.#waiting.length === 0) return undefined
    const isFull = this.#commits.length >= COMMITS_AT_ONCE
    if (isFull || this.#around.now() - this.#flushedAt < this.#quietMs) return this.#gather(isFull)
    this.flush()
    return undefined
  }

  /** What waits has its turn now. */
  flush(): void {
    this.#gathering = false
    if (this.#waiting.length === 0) return
    const incoming = this.#waiting
    this.#waiting = []
    this.#size = 0
    this.#quietMs = incoming.length > 1 ? QUIET_MS : ALONE_MS
    if (this.#around.turn(incoming)) this.#watch()
    this.#flushedAt = this.#around.now()
  }

  async #gather(isFull: boolean): Promise<void> {
    this.#gathering = true
    if (isFull) await this.#commits[0]
    await this.#around.arrived()
    this.flush()
  }

  #watch(): void {
    const commit = this.#around.committed().finally(() => {
      this.#commits.shift()
    })
    this.#commits.push(commit)
    // Where nobody waits for it, its failure ends the object all the same.
    commit.catch(() => {})
  }
}
