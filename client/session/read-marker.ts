import type { Clock } from './types.ts'

/** What was read is told together: a frame wakes the room. */
const GATHER_MS = 5 * 60_000

/** How far one has read, and what the room knows of it. */
export interface ReadMarker {
  read(seq: number): void
  /** Tells what the room does not know yet, now. */
  tell(): void
  /** The room says what it knows, and its newest `seq`. */
  joined(known: number | undefined, newest: number): void
  /** Tells for the last time. */
  close(): void
}

/** `send` answers whether it could be sent. */
export function createReadMarker(clock: Clock, send: (seq: number) => boolean): ReadMarker {
  let here = 0
  let told = 0
  let cancel: (() => void) | undefined

  function tell(): void {
    cancel?.()
    cancel = undefined
    if (here > told && send(here)) told = here
  }

  function plan(): void {
    if (here > told) cancel ??= clock.after(GATHER_MS, tell)
  }

  return {
    read(seq) {
      here = Math.max(here, seq)
      plan()
    },
    tell,
    joined(known = 0, newest) {
      told = known
      // It may be another log than the one that was read.
      if (here > newest) here = known
      plan()
    },
    close: tell,
  }
}
