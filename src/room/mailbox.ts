import type { Incoming } from './handlers/handle-frame.ts'

/**
 * For this long after a turn of several frames, a frame waits for company. After a turn of a single frame it does not:
 * somebody who speaks alone would wait each time for nobody.
 */
const COMPANY_MS = 10
/** With this many commits on their way to the disk, new frames wait for the oldest and become one commit. */
const COMMITS_AT_ONCE = 2
/**
 * After this many turns the mailbox asks to be told when all sockets have been read, and after as many more it waits for
 * that: a socket that always has a frame ready would otherwise keep workerd from reading the others.
 */
const TURNS_UNREAD = 8
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
  #hadCompany = false
  /** Turns since all sockets were read. */
  #unread = 0
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
    const expectsCompany = this.#hadCompany && this.#deps.now() - this.#flushedAt < COMPANY_MS
    if (isFull || expectsCompany || this.#unread >= 2 * TURNS_UNREAD) return this.#gather(isFull)
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
    this.#hadCompany = incoming.length > 1
    if (this.#deps.turn(incoming)) this.#watch()
    this.#flushedAt = this.#deps.now()
    this.#unread += 1
    if (this.#unread === TURNS_UNREAD) void this.#read()
  }

  async #read(): Promise<void> {
    await this.#deps.arrived()
    this.#unread = 0
  }

  async #gather(isFull: boolean): Promise<void> {
    this.#gathering = true
    if (isFull) await this.#commits[0]
    await this.#read()
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
