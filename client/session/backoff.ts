/** Reconnects and re-sends are spread over at most this long. */
export const BACKOFF_CAP_MS = 30_000
const BACKOFF_BASE_MS = 1_000

/**
 * Full jitter: anywhere between nothing and a ceiling that doubles with each failure, so that many clients cut
 * off at once do not come back at once. `random` is 0 <= n < 1.
 */
export function backoff(failures: number, random: number): number {
  return Math.round(random * Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** Math.min(failures, 10)))
}
