import type { Clock } from './types.ts'

/** Read markers are gathered this long: every frame wakes the room. */
const GATHER_MS = 5 * 60_000

/** How far the person has read, and how much of that the room knows. */
export interface ReadMarker {
  read(seq: number): void
  /** Sends what the room does not know yet. */
  flush(): void
  /** A join brought the marker that the room knows, and the room's newest `seq`. */
  joined(known: number | undefined, newest: number): void
  /** Sends for the last time. */
  close(): void
}

/** `send` returns whether the marker went out. */
export function createReadMarker(clock: Clock, send: (seq: number) => boolean): ReadMarker {
  let read = 0
  let reported = 0
  let cancel: (() => void) | undefined

  function flush(): void {
    cancel?.()
    cancel = undefined
    if (read > reported && send(read)) reported = read
  }

  function plan(): void {
    if (read > reported) cancel ??= clock.after(GATHER_MS, flush)
  }

  return {
    read(seq) {
      read = Math.max(read, seq)
      plan()
    },
    flush,
    joined(known = 0, newest) {
      reported = known
      // Another log may have begun since.
      if (read > newest) read = known
      plan()
    },
    close: flush,
  }
}
