/** The rooms of this isolate that are writing, or whose object has ended while it wrote. */
const rooms = new Map<string, Writing>()
/** More rooms than an isolate holds at once. */
const MOST_ROOMS = 1_000
/** Ends further apart than this are not one failure that lasts. */
const APART_MS = 30 * 60_000

interface Writing {
  isUnfinished: boolean
  /** How many objects in a row have ended while they wrote, and when the last did. */
  ends: number
  endedAt: number
}

/**
 * The commits of a room on their way to the disk. A commit that fails, as on a full disk, ends the object without a word:
 * no code of it runs any more. So the next object of the room finds a commit that never finished.
 */
export class Commits {
  readonly #storage: DurableObjectStorage
  readonly #room: string
  /** How many objects in a row have ended while they wrote, this one's predecessor the last. */
  readonly ends: number
  #newest: Promise<void> = Promise.resolve()

  constructor(storage: DurableObjectStorage, room: string, now: number) {
    this.#storage = storage
    this.#room = room
    const before = rooms.get(room)
    const isEnd = before?.isUnfinished === true
    const isApart = before === undefined || now - before.endedAt > APART_MS
    if (isEnd) this.#remember({ isUnfinished: false, ends: isApart ? 1 : before.ends + 1, endedAt: now })
    else if (isApart) rooms.delete(room)
    this.ends = isEnd ? (rooms.get(room)?.ends ?? 0) : 0
  }

  /** Resolves once everything written by now is on the disk. */
  get newest(): Promise<void> {
    return this.#newest
  }

  /** Something was written. */
  begin(): void {
    this.#mark(true)
    const commit = this.#storage.sync().then(() => {
      if (this.#newest === commit) this.#mark(false)
    })
    this.#newest = commit
    // A failed commit ends the object even if nobody awaits it.
    commit.catch(() => {})
  }

  /** The object ends for another reason than a commit. */
  end(): void {
    this.#mark(false)
  }

  #mark(isUnfinished: boolean): void {
    const { ends, endedAt } = rooms.get(this.#room) ?? { ends: 0, endedAt: Number.NEGATIVE_INFINITY }
    if (isUnfinished || ends > 0) this.#remember({ isUnfinished, ends, endedAt })
    else rooms.delete(this.#room)
  }

  #remember(writing: Writing): void {
    rooms.delete(this.#room)
    rooms.set(this.#room, writing)
    const [oldest] = rooms.keys()
    if (rooms.size > MOST_ROOMS && oldest !== undefined) rooms.delete(oldest)
  }
}
