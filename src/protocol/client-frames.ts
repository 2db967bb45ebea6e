import * as v from 'valibot'
import { LIMITS } from './limits.ts'

/**
 * What a client may send. Schemas check the shape and change nothing. The room checks names, rights, reused ids and the
 * length that its operator allows. Unknown fields are ignored.
 */
const text = v.string()
const seq = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const ref = v.pipe(v.number(), v.safeInteger(), v.minValue(1))
const id = v.pipe(text, v.minLength(1), v.maxLength(LIMITS.idLength))
const body = v.pipe(text, v.maxLength(LIMITS.bodyLengthMost), v.regex(/\S/u))

/** In every durable change: the client's id, and the newest `seq` it had seen when it queued the change. */
const retry = { id: v.optional(id), since: v.optional(seq), epoch: v.optional(text), room: text }

export const clientFrames = {
  userJoin: v.object({
    username: text,
    room: text,
    after: v.optional(seq),
    epoch: v.optional(text),
    watch: v.optional(v.boolean()),
    version: v.optional(v.number()),
  }),
  msgHistory: v.pipe(
    v.object({
      before: v.optional(seq),
      after: v.optional(seq),
      around: v.optional(seq),
      limit: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1))),
    }),
    v.check(
      ({ before, after, around }) => [before, after, around].filter((at) => at !== undefined).length <= 1,
    ),
  ),
  userTyping: v.object({ username: text, room: text }),
  userRename: v.object({ username: text, room: text }),
  updateChat: v.object({ ...retry, body, replyTo: v.optional(ref), time: v.optional(v.number()) }),
  editChat: v.object({ ...retry, ref, body }),
  deleteChat: v.object({ ...retry, ref }),
  react: v.object({
    ...retry,
    ref,
    emoji: v.pipe(text, v.minLength(1), v.maxLength(LIMITS.emojiLength), v.regex(/^\S+$/u)),
    on: v.boolean(),
  }),
  setTopic: v.object({ ...retry, topic: v.pipe(text, v.maxLength(LIMITS.topicLength)) }),
  newRoom: v.object({ username2: text, room: v.optional(text) }),
  /** Dismisses the invitation to the private room `invite`. */
  dismissRoom: v.object({ invite: text, room: text }),
  /** How far this person has read, for their other devices. */
  markRead: v.object({ seq, room: text }),
  sync: v.object({ seq }),
} as const

export type ClientEvent = keyof typeof clientFrames
export type ClientData<E extends ClientEvent> = v.InferOutput<(typeof clientFrames)[E]>
/** One parsed frame from a client: a union that `event` tells apart. */
export type ClientFrame = { [E in ClientEvent]: { event: E; data: ClientData<E> } }[ClientEvent]

/** The events that become durable changes, each with its own `seq`. */
export type ChangeFrame = Extract<
  ClientFrame,
  { event: 'updateChat' | 'editChat' | 'deleteChat' | 'react' | 'setTopic' }
>
