import * as v from 'valibot'
import { receivedAccess, receivedCode, receivedRetention, receivedRole } from './picklists.ts'

/** What a server sends. A frame is one of these objects, or an array of them in order. */
const text = v.string()
const count = v.number()

/** The fields of every log entry, and of nothing else: a client counts an event that has them, known or not. */
const entry = { seq: count, id: text, by: text, username: text, time: count, room: text }
export const anyEntry = v.object(entry)

/**
 * A message as it is today. `rev` is the `seq` of the last change that touched it: of two copies the one with
 * the higher `rev` is the newer. A tombstone has an empty body and `deleted`.
 */
export const message = v.object({
  ...entry,
  body: text,
  replyTo: v.optional(count),
  rev: v.optional(count),
  edited: v.optional(v.boolean()),
  /** The name of the last editor, if that was not the author. */
  editor: v.optional(text),
  /** The id of that editor. */
  editorBy: v.optional(text),
  deleted: v.optional(v.boolean()),
  /** For each emoji, in order of first use, the people (`by`) who reacted with it. */
  reactions: v.optional(v.array(v.object({ emoji: text, by: v.array(text) }))),
})

const person = v.object({ username: text, room: text, by: text })
/** The room's settings. */
const settings = v.object({
  title: text,
  welcome: text,
  locked: v.boolean(),
  slowMs: count,
  retention: receivedRetention,
  access: receivedAccess,
})
/**
 * The client's own role, the end of its mute in ms, the people it has blocked, and whether only people it has met in
 * private can invite it.
 */
const standing = v.object({
  role: receivedRole,
  mutedUntil: v.optional(count),
  blocked: v.optional(v.array(text)),
  refusesStrangers: v.optional(v.boolean()),
})
const invitation = v.object({
  username: text,
  username2: text,
  room: text,
  url: text,
  created: v.boolean(),
  joined: v.boolean(),
  /** The id of who invites. */
  by: v.optional(text),
})

/** The durable changes: together they are the room's log, numbered by `seq` without a gap. */
const logFrames = {
  updateChat: message,
  editChat: v.object({ ...entry, ref: count, body: text, deleted: v.optional(v.boolean()) }),
  /**
   * `forgotten`: the room has forgotten this person. Nothing they did up to this `seq` bears their name any more, and
   * `ref` is 0.
   */
  deleteChat: v.object({ ...entry, ref: count, forgotten: v.optional(count) }),
  react: v.object({ ...entry, ref: count, emoji: text, on: v.boolean() }),
  setTopic: v.object({ ...entry, topic: text }),
} as const

export const serverFrames = {
  ...logFrames,
  joined: v.object({
    username: text,
    by: text,
    room: text,
    epoch: text,
    seq: count,
    resumed: v.boolean(),
    version: count,
    limits: v.object({
      frameBytes: count,
      bodyLength: count,
      usernameLength: count,
      topicLength: count,
      historyPageMax: count,
      rateBurst: count,
      ratePerSecond: count,
    }),
    topic: v.optional(text),
    /** The id of the change at `seq`, where there is one: a resume names it. */
    last: v.optional(text),
    ...v.partial(settings).entries,
    ...standing.entries,
    /** How far the person has read, if known. */
    read: v.optional(count),
  }),
  activeUsers: v.array(text),
  presence: v.object({ count }),
  msgHistory: v.array(message),
  userJoin: person,
  userLeave: person,
  userRename: person,
  userTyping: person,
  newRoom: invitation,
  room: settings,
  standing,
  /**
   * Someone reports a message. Only moderators get this. `count`: how many people have reported it so far, if several.
   * `others`: how many other messages were reported since the last such event, if any.
   */
  report: v.object({
    ref: count,
    by: text,
    username: text,
    reason: text,
    count: v.optional(count),
    others: v.optional(count),
  }),
  /** `username` if the change is stored under another name than `joined` said. */
  ack: v.object({ id: text, seq: count, time: count, username: v.optional(text) }),
  sync: v.object({ seq: count }),
  /**
   * `suggestion` is a free name like the one that is taken. `until`: when the day ends whose share of writing is used up,
   * in ms by the server's clock.
   */
  error: v.object({
    code: receivedCode,
    message: text,
    id: v.optional(text),
    retryAfter: v.optional(count),
    suggestion: v.optional(text),
    until: v.optional(count),
  }),
} as const

export type Message = v.InferOutput<typeof message>
export type ServerEvent = keyof typeof serverFrames
export type ServerData<E extends ServerEvent> = v.InferOutput<(typeof serverFrames)[E]>
/** One event from a server: a union that `event` tells apart. */
export type ServerFrame = { [E in ServerEvent]: { event: E; data: ServerData<E> } }[ServerEvent]
export type Joined = ServerData<'joined'>
export type Invitation = ServerData<'newRoom'>

export type LogEvent = keyof typeof logFrames
/** One entry of the room's log. */
export type LogEntry = Extract<ServerFrame, { event: LogEvent }>
/** A log entry of a kind that only a newer server knows. It keeps its place in the log. */
export interface UnknownEntry {
  event: 'unknown'
  data: v.InferOutput<typeof anyEntry>
}
/** What a client reads of the frames of this version's server, or a newer one's. */
export type ReceivedFrame = ServerFrame | UnknownEntry

export function isLogEntry(frame: ReceivedFrame): frame is LogEntry {
  return Object.hasOwn(logFrames, frame.event)
}
