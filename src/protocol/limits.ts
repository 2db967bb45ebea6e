/** Every number the wire promises. Lengths are UTF-16 code units, sizes bytes of UTF-8, times milliseconds. */
export const LIMITS = {
  /**
   * A client's frame, checked before it is parsed, and the text in it. An operator can raise both, not lower them:
   * clients rely on these. A page of the longest messages still fits the flow-control limit.
   */
  frameBytes: 32 * 1024,
  frameBytesMost: 64 * 1024,
  /** Lists, objects and commas of a frame outside its texts. */
  frameParts: 1_000,
  bodyLength: 4_000,
  bodyLengthMost: 6_000,
  usernameLength: 32,
  /** Of a name as it is sent: letters may come in up to three parts, and spaces are trimmed. */
  usernameSentLength: 128,
  roomLength: 64,
  idLength: 64,
  /** Ids of people (`by`), secrets of invite links and tokens of Turnstile, as clients send them. */
  byLength: 64,
  linkSecretLength: 100,
  transferCodeLength: 100,
  challengeTokenLength: 2_048,
  topicLength: 250,
  titleLength: 80,
  welcomeLength: 1_000,
  reasonLength: 200,
  emojiLength: 32,

  historyPage: 50,
  historyPageMax: 200,
  /** A resume that exceeds either becomes a fresh start. */
  resumeChanges: 10_000,
  resumeBytes: 4 * 1024 * 1024,
  /** Pages are read in one turn until its answers have this many bytes: all of them are in memory at once. */
  answersOfTurn: 4 * 1024 * 1024,
  /** A resume is sent in array frames of about this size. */
  resumeFrameBytes: 256 * 1024,
  /** How far back the room looks for the original of a retry without `since`. */
  retryChanges: 10_000,
  /** How many of these one turn loads, while the frames that need them wait. */
  retryBatch: 1_000,

  reactionsDistinct: 20,
  reactionsPerMessage: 1_000,
  /** A message lists its edits, so that their texts are erased with it. */
  editsPerMessage: 200,

  /** With more people than this, the roster is a sample, and everyone gets a count. */
  rosterSample: 200,
  rosterGatherMs: 1_000,
  /**
   * A client drops the typing sign of another person after this. It repeats its own more often: `TYPING_EVERY_MS` in
   * `client/session/session.ts`. The server passes a sign on once and keeps none.
   */
  typingLapseMs: 6_000,
  leaveGraceMs: 2_000,
  /** A client that kept a heartbeat and then gives no sign of life for this long is gone. */
  staleMs: 3 * 60 * 1_000,
  /** A socket that has not joined by then is closed. */
  unjoinedMs: 2 * 60 * 1_000,
  /** How often a room that is awake looks for such clients and sockets. */
  staleLookMs: 30_000,
  /**
   * Joins, leaves and typing wait this long, to go out together. Joins and leaves leave sooner with a change. Among more
   * than `rosterSample` people, joins and typing wait `rosterGatherMs`, and leave sooner if they exceed `newsBytes`.
   */
  ephemeralGatherMs: 100,
  newsBytes: 8 * 1024 * 1024,
  /** How long a name is held after its person was last here: once they have spoken, and before that. */
  nameHeldMs: 30 * 24 * 60 * 60 * 1_000,
  silentNameHeldMs: 24 * 60 * 60 * 1_000,
  /** People whose names are compared with a new one. A name that shares its key with more is taken. */
  alikeNames: 100,
  /** The last number that is tried to make a taken name free. */
  suggestedNames: 9,
  /** The precision with which "last here" is stored. */
  seenEveryMs: 24 * 60 * 60 * 1_000,
  /** For this long after their first join, someone is a newcomer: where places are few, others come first. */
  newcomerMs: 24 * 60 * 60 * 1_000,
  /** Watchers' changes are gathered for so long; they may come up to `watchLateMs` late, as older servers send them. */
  watchGatherMs: 1_000,
  watchLateMs: 5_000,
  /** The longest wait that slow mode can set. */
  slowMsMax: 60 * 60 * 1_000,
  /** The longest mute. For longer there are bans. */
  muteMsMax: 30 * 24 * 60 * 60 * 1_000,

  /**
   * Flow control: the server asks for a `sync` each time it has sent this many bytes, and sooner in a room with many
   * sockets. It closes readers who are further behind than that.
   */
  syncEveryBytes: 512 * 1024,
  syncEveryBytesLeast: 4 * 1024,
  syncUnansweredBytes: 4 * 1024 * 1024,
  /** Who was asked a shorter time ago, and has answered what was asked before, may still be reading. */
  syncAnswerMs: 5_000,
  /** What all sockets of one person, and all sockets of a room, may leave unconfirmed. */
  personUnansweredBytes: 8 * 1024 * 1024,
  roomUnansweredBytes: 32 * 1024 * 1024,
  /** What is left of these for open sockets at least, however much closed sockets hold. */
  personUnansweredLeast: 1024 * 1024,
  roomUnansweredLeast: 4 * 1024 * 1024,
  /** What a closed socket holds until its connection ends, besides its output. */
  closedSocketBytes: 4 * 1024,

  /** Invite links of one room. */
  links: 100,
  /** The newest people who used a link of unlimited uses and have not joined yet. */
  waiting: 1_000,
  auditNotes: 1_000,
  /** Reports have a limit of their own: anyone can make them, so they must not push out other entries. */
  auditReports: 500,
  /** Messages that only newcomers reported, likewise. */
  auditNewcomersReports: 200,
  /** The people counted who report one message. */
  reporters: 50,
  /** Reports are told to moderators at most this often. */
  reportGatherMs: 5_000,
  /** Uses of invite links, likewise: anyone who has a link can make them. */
  auditRedemptions: 500,
  /** Old entries are removed after each such number of new ones. */
  auditTrimEvery: 100,
  auditPage: 100,
  peoplePage: 1_000,
  /** Texts erased, changes searched for more of them, and log entries trimmed, in one batch. */
  eraseBatch: 200,
  eraseSearch: 2_000,
  trimBatch: 1_000,
  /** People whom one person blocks in a room. */
  blocks: 200,
  /** Pending invitations of one person in a room: each join sends all of them again. */
  invitationsWaiting: 50,
  /** Of these, invitations from one address. */
  invitationsOfNetwork: 10,

  /** Sockets in one room. The platform's own limit is 32,768. */
  roomSockets: 10_000,
  /** Sockets of one person, and of one address, in one room. */
  personSockets: 50,
  networkSockets: 1_000,
  badFramesInARow: 10,
  rateBurst: 30,
  ratePerSecond: 10,
  /** Frames from one address in one room, from all its people together. */
  networkBurst: 150,
  networkPerSecond: 50,
  /** Reading is paid for apart from frames, 50 rows for each frame, with a burst this many times as large. */
  readingBursts: 10,
  /** New sockets from one address in one room. */
  arrivalBurst: 20,
  arrivalsPerSecond: 10,
  /** Invitations to private rooms and reports from one person in one room. */
  appealBurst: 10,
  appealsPerMinute: 10,
  /** The same from all people at one address, as a multiple. */
  networkAppeals: 3,
  /** More refusals than this within a second are a flood. */
  floodRefusals: 100,
  /** How often each person at an address that sends too much is warned before their socket is closed. */
  networkRefusalBurst: 8,
  networkRefusalsPerSecond: 2,

  /** The body of a request over HTTP, checked before it is parsed. */
  requestBytes: 8 * 1024,
  requestBytesMost: 64 * 1024,
  /** What one network may have all rooms do in a day, in units: a row written, 50 rows read, or a second awake. */
  networkUnitsADay: 9_000,
  /** For one network: rooms it creates, named rooms it is the first to join, and codes it tries. */
  roomsADay: 50,
  roomsBegunADay: 500,
  redemptionsAMinute: 20,
  /** How long a passed challenge counts. */
  humanMs: 7 * 24 * 60 * 60 * 1_000,
  /** How long a transfer link to another device is valid. */
  transferMs: 10 * 60 * 1_000,
} as const
