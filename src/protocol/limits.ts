/** Every number the wire promises. Lengths are UTF-16 code units, sizes bytes of UTF-8, times milliseconds. */
export const LIMITS = {
  /** A client's frame, checked before it is parsed. */
  frameBytes: 32 * 1024,
  bodyLength: 4_000,
  usernameLength: 32,
  roomLength: 64,
  idLength: 64,
  topicLength: 250,
  emojiLength: 32,

  historyPage: 50,
  historyPageMax: 200,
  /** Beyond either of these a resume becomes a fresh start. */
  resumeChanges: 10_000,
  resumeBytes: 4 * 1024 * 1024,
  /** A resume travels in array frames of about this size. */
  resumeFrameBytes: 256 * 1024,
  /** How far back a retry without `since` is looked for. */
  retryChanges: 10_000,

  reactionsDistinct: 20,
  reactionsPerMessage: 1_000,

  /** Past so many people the roster is a sample, and everyone hears a count. */
  rosterSample: 200,
  rosterGatherMs: 1_000,
  typingLapseMs: 6_000,
  leaveGraceMs: 4_000,
  /** A client that has kept a heartbeat and then gives no sign for so long is gone. */
  silenceMs: 3 * 60 * 1_000,
  /** How often a room that is awake looks for such clients. */
  silenceLookMs: 30_000,
  /**
   * Joins, leaves and typing wait this long for company; joins and leaves ride along with a change that goes before.
   * Past `rosterSample` people joins and typing wait `rosterGatherMs`.
   */
  ambientGatherMs: 100,
  /** A name stays with its person for so long after they were last here. */
  nameHeldMs: 30 * 24 * 60 * 60 * 1_000,
  /** When someone was last here is kept to so much. */
  seenEveryMs: 24 * 60 * 60 * 1_000,
  watchGatherMs: 5_000,

  /** Flow control: a `sync` is asked for every so many bytes sent, and a reader this far behind is closed. */
  syncEveryBytes: 512 * 1024,
  syncUnansweredBytes: 4 * 1024 * 1024,

  /** Sockets one room takes; the platform's own end is at 32,768. */
  roomSockets: 10_000,
  badFramesInARow: 10,
  rateBurst: 30,
  ratePerSecond: 10,
  /** So many refusals within a second are a flood. */
  floodRefusals: 100,
} as const

/** The part of the limits that `joined` tells a client. */
export interface SharedLimits {
  frameBytes: number
  bodyLength: number
  usernameLength: number
  topicLength: number
  historyPageMax: number
  rateBurst: number
  ratePerSecond: number
}
