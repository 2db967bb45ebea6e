/** Work that a room does for someone, as the platform bills it. */
export interface Work {
  rowsRead?: number
  rowsWritten?: number
  /** How long it keeps the room awake, in ms. */
  awakeMs?: number
}

/** What work costs, and whose budget pays; nobody's where the network is not known. */
export interface Payment {
  payer?: string | undefined
  units: number
}

const ROWS_READ_A_UNIT = 50
const AWAKE_MS_A_UNIT = 1_000

/**
 * The price of work in units. A unit is a row written, 50 rows read or a second awake: about the same share, a
 * 100,000th, of what the free plan includes of each in a day. Work costs what it takes most of, so a number of units
 * is never less than the share of any of the three that it pays for.
 */
export function priceOf({ rowsRead = 0, rowsWritten = 0, awakeMs = 0 }: Work): number {
  return Math.max(rowsRead / ROWS_READ_A_UNIT, rowsWritten, awakeMs / AWAKE_MS_A_UNIT)
}
