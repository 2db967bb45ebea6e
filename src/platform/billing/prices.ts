/**
 * What the platform asks for, as its public price list says it. What Hallway says of the platform's bill comes from here;
 * when the list changes, this file and its date do.
 */
export const PRICES = {
  date: '2026-11-23',
  source: 'https://developers.cloudflare.com/workers/platform/pricing/',
  /** The paid plan, before anything is used. */
  dollarsAMonth: 5,
  /** So many incoming WebSocket messages are one request. Outgoing ones and heartbeats are none. */
  framesARequest: 20,
  /** An object is billed for 128 MB for as long as it is active, whatever it uses. */
  gigabytesOfMemory: 0.128,
  /** What is billed: dollars for each `per` of it beyond what a month includes, and what is free in a day. */
  meters: {
    requests: { per: 1e6, dollars: 0.15, included: 1e6, free: 100_000 },
    /** In gigabyte-seconds. */
    duration: { per: 1e6, dollars: 12.5, included: 400_000, free: 13_000 },
    rowsRead: { per: 1e6, dollars: 0.001, included: 25e9, free: 5e6 },
    rowsWritten: { per: 1e6, dollars: 1, included: 50e6, free: 100_000 },
    /** In bytes, for a month. What is free is so at any time, and not anew each day. */
    stored: { per: 1e9, dollars: 0.2, included: 5e9, free: 5e9 },
    /** Of the Worker in front of the rooms: pages of rooms, calls of the API, upgrades. */
    workerRequests: { per: 1e6, dollars: 0.3, included: 10e6, free: 100_000 },
  },
} as const

export type MeterName = keyof typeof PRICES.meters
