/**
 * The platform's public price list. All that Hallway says about the platform's bill comes from here. When the list
 * changes, change this file and its date.
 */
export const PRICES = {
  date: '2026-11-23',
  source: 'https://developers.cloudflare.com/workers/platform/pricing/',
  /** The fee of the paid plan. */
  dollarsAMonth: 5,
  /** Incoming WebSocket messages billed as one request. Outgoing ones and heartbeats are free. */
  framesARequest: 20,
  /** While an object is active, it is billed for 128 MB, used or not. */
  gigabytesOfMemory: 0.128,
  /** Dollars for each `per` beyond what a month includes, and what is free in a day. */
  meters: {
    requests: { per: 1e6, dollars: 0.15, included: 1e6, free: 100_000 },
    /** In gigabyte-seconds. */
    duration: { per: 1e6, dollars: 12.5, included: 400_000, free: 13_000 },
    rowsRead: { per: 1e6, dollars: 0.001, included: 25e9, free: 5e6 },
    rowsWritten: { per: 1e6, dollars: 1, included: 50e6, free: 100_000 },
    /** In bytes, for a month. The free amount is a total, not a daily allowance. */
    stored: { per: 1e9, dollars: 0.2, included: 5e9, free: 5e9 },
    /** Requests to the Worker in front of the rooms: room pages, API calls, upgrades. */
    workerRequests: { per: 1e6, dollars: 0.3, included: 10e6, free: 100_000 },
  },
} as const

export type MeterName = keyof typeof PRICES.meters
