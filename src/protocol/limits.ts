/** Every number the wire promises. Lengths are UTF-16 code units, sizes bytes of UTF-8, times milliseconds. */
export const LIMITS = {
  /**
   * A client's frame, checked before it is parsed, and what it says. An operator can let both be longer, not shorter:
   * every client may rely on these. A page of the longest still fits into what one reader may owe.
   */
  frameBytes: 32 * 1024,
  frameBytesMost: 64 * 1024,
  bodyLength: 4_000,
  bodyLengthMost: 6_000,
  usernameLength: 32,
  roomLength: 64,
  idLength: 64,
  /** Of what stands for a person in one room, and for a secret of an invite link, as a client sends it. */
  byLength: 64,
  linkSecretLength: 100,
  challengeTokenLength: 2_048,
  topicLength: 250,
  titleLength: 80,
  welcomeLength: 1_000,
  reasonLength: 200,
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
  /** A message knows of each of its edits, so that all of them go with it. */
  editsPerMessage: 200,

  /** Past so many people the roster is a sample, and everyone hears a count. */
  rosterSample: 200,
  rosterGatherMs: 1_000,
  typingLapseMs: 6_000,
  leaveGraceMs: 4_000,
  /** A client that has kept a heartbeat and then gives no sign for so long is gone. */
  staleMs: 3 * 60 * 1_000,
  /** Who has opened a socket and not joined for so long is closed. */
  unjoinedMs: 2 * 60 * 1_000,
  /** How often a room that is awake looks for such clients. */
  staleLookMs: 30_000,
  /**
   * Joins, leaves and typing wait this long for company; joins and leaves ride along with a change that goes before.
   * Past `rosterSample` people joins and typing wait `rosterGatherMs`, but not for more than `newsBytes` for all
   * together.
   */
  ephemeralGatherMs: 100,
  newsBytes: 8 * 1024 * 1024,
  /** A name stays with its person for so long after they were last here. */
  nameHeldMs: 30 * 24 * 60 * 60 * 1_000,
  /** When someone was last here is kept to so much. */
  seenEveryMs: 24 * 60 * 60 * 1_000,
  watchGatherMs: 5_000,
  /** The slowest a slow mode makes a room. */
  slowMsMax: 60 * 60 * 1_000,
  /** The longest that someone is kept from speaking; what is to last longer is a ban. */
  muteMsMax: 30 * 24 * 60 * 60 * 1_000,

  /** Flow control: a `sync` is asked for every so many bytes sent, and a reader this far behind is closed. */
  syncEveryBytes: 512 * 1024,
  syncUnansweredBytes: 4 * 1024 * 1024,

  /** Links of one invite-only room, notes of its audit that are kept, and how many one page of either shows. */
  links: 100,
  /** People who came by a link without a number of uses and have not joined yet: the newest so many. */
  waiting: 1_000,
  auditNotes: 1_000,
  /** Reports beside them: anyone can make those, and they drive out nothing but each other. */
  auditReports: 500,
  auditPage: 100,
  peoplePage: 1_000,
  /** What is erased or trimmed in one go. */
  eraseBatch: 200,
  trimBatch: 1_000,
  /** Persons one blocks in a room. */
  blocks: 200,
  /** Invitations that wait for one person in a room: all of them are repeated at each join. */
  invitationsWaiting: 50,

  /** Sockets one room takes; the platform's own end is at 32,768. */
  roomSockets: 10_000,
  /** Sockets of one person, and of one address, in one room. */
  personSockets: 50,
  networkSockets: 1_000,
  badFramesInARow: 10,
  rateBurst: 30,
  ratePerSecond: 10,
  /** What one address may send in one room, whoever sends it. */
  networkBurst: 150,
  networkPerSecond: 50,
  /** Upgrades of one address in one room. */
  arrivalBurst: 20,
  arrivalsPerSecond: 10,
  /** Invitations to private rooms and reports, of one person in one room. */
  appealBurst: 10,
  appealsPerMinute: 10,
  /** So many refusals within a second are a flood. */
  floodRefusals: 100,
  /** Where too much comes from an address, each who shares it is told so often before they are closed for going on. */
  networkRefusalBurst: 8,
  networkRefusalsPerSecond: 2,

  /** What a request over HTTP may hold, checked before it is parsed. */
  requestBytes: 8 * 1024,
  requestBytesMost: 64 * 1024,
  /** What one network may do: rooms it makes in a day, those it begins by coming first, and codes it tries in a minute. */
  roomsADay: 50,
  roomsBegunADay: 500,
  redemptionsAMinute: 20,
  /** Whoever has shown that they are a person is one for so long. */
  humanMs: 7 * 24 * 60 * 60 * 1_000,
  /** A link that moves an identity to another device leads there for so long. */
  moveMs: 10 * 60 * 1_000,
} as const
