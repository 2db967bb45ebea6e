/** The longest time over which reconnects and repeated sends are spread. */
export const BACKOFF_CAP_MS = 30_000
const BACKOFF_BASE_MS = 1_000

/**
 * Full jitter, in ms: anywhere between nothing and a ceiling that doubles with each failure. Clients that lose their
 * connection together do not come back together. `random` is 0 <= n < 1.
 */
export function backoff(failures: number, random: number): number {
  return Math.round(random * Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** Math.min(failures, 10)))
}
