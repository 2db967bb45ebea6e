import { RUN_BYTE, RUN_BYTES } from './body.ts'

/**
 * Finds the messages in a frame by the run at the end of each and answers how many there are. Of looks that are 64
 * bytes apart exactly one falls into a run of 64, so most bytes are never looked at: at millions of deliveries a
 * second parsing them would measure the parser.
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

/** Where the run begins that `at` is in, by halving. */
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
