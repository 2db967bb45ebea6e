import * as v from 'valibot'
import { LIMITS } from './limits.ts'

/**
 * What a client may send. Schemas check the shape and change nothing. The room checks names, rights, reused ids and the
 * length that its operator allows. Unknown fields are ignored. Every text has a bound, so that nothing works through a
 * whole frame of it. A message of a check that is a code of `ERRORS` takes the place of `bad-data`.
 */
const text = (most: number) => v.pipe(v.string(), v.maxLength(most))
const seq = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const ref = v.pipe(v.number(), v.safeInteger(), v.minValue(1))
const id = v.pipe(v.string(), v.maxLength(LIMITS.idLength), v.minLength(1))
const body = v.pipe(v.string(), v.maxLength(LIMITS.bodyLengthMost), v.regex(/\S/u))
const epoch = text(LIMITS.idLength)
const room = text(LIMITS.roomLength)
const username = v.pipe(v.string(), v.maxLength(LIMITS.usernameSentLength, 'name-invalid'))

/** In every durable change: the client's id, and the newest `seq` it had seen when it queued the change. */
const retry = { id: v.optional(id), since: v.optional(seq), epoch: v.optional(epoch), room }

export const clientFrames = {
  userJoin: v.object({
    username,
    room,
    after: v.optional(seq),
    epoch: v.optional(epoch),
    last: v.optional(id),
    watch: v.optional(v.boolean()),
    version: v.optional(v.number()),
  }),
  msgHistory: v.pipe(
    v.object({
      /** Names the request where it is refused. */
      id: v.optional(id),
      before: v.optional(seq),
      after: v.optional(seq),
      around: v.optional(seq),
      limit: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1))),
    }),
    v.check(
      ({ before, after, around }) => [before, after, around].filter((at) => at !== undefined).length <= 1,
    ),
  ),
  userTyping: v.object({ username, room }),
  userRename: v.object({ username, room }),
  updateChat: v.object({ ...retry, body, replyTo: v.optional(ref), time: v.optional(v.number()) }),
  editChat: v.object({ ...retry, ref, body }),
  deleteChat: v.object({ ...retry, ref }),
  react: v.object({
    ...retry,
    ref,
    emoji: v.pipe(v.string(), v.maxLength(LIMITS.emojiLength), v.minLength(1), v.regex(/^\S+$/u)),
    on: v.boolean(),
  }),
  setTopic: v.object({ ...retry, topic: text(LIMITS.topicLength) }),
  newRoom: v.object({
    // Nobody has a longer name.
    username2: v.pipe(v.string(), v.maxLength(LIMITS.usernameSentLength, 'not-found')),
    room: v.optional(room),
  }),
  /** Dismisses the invitation to the private room `invite`. */
  dismissRoom: v.object({ invite: room, room }),
  /** How far this person has read, for their other devices. */
  markRead: v.object({ seq, room }),
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
