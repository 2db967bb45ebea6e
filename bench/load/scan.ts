import { RUN_BYTE, RUN_BYTES } from './body.ts'

/**
 * Counts the messages in a frame by the run at the end of each. A look at every 64th byte hits a run of 64 exactly once,
 * so most bytes are skipped: at millions of deliveries a second, parsing would measure the parser.
 */
export function scanMessages(
  bytes: Buffer,
  start: number,
  end: number,
  found: (bytes: Buffer, run: number) => void,
): number {
  let count = 0
  for (let at = start + RUN_BYTES - 1; at < end; at += RUN_BYTES) {
    if (bytes[at] !== RUN_BYTE) continue
    count += 1
    found(bytes, runStart(bytes, at))
  }
  return count
}

/** The start of the run around `at`, by binary search. */
function runStart(bytes: Buffer, at: number): number {
  let outside = at - RUN_BYTES
  let inside = at
  while (inside - outside > 1) {
    const middle = (inside + outside) >> 1
    if (bytes[middle] === RUN_BYTE) inside = middle
    else outside = middle
  }
  return inside
}
