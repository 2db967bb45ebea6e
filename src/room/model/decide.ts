import type { ChangeFrame } from '../../protocol/client-frames.ts'
import type { ErrorCode } from '../../protocol/error-rules.ts'
import { LIMITS } from '../../protocol/limits.ts'
import { may, type Role } from '../../protocol/roles.ts'
import type { LogEntry, Message, ServerData } from '../../protocol/server-frames.ts'
import { DIRECTION_OR_CONTROL, isLabel, STACKED_MARKS, VISIBLE } from '../../protocol/text-patterns.ts'
import type { RoomRecord } from './room-record.ts'
import type { Store, StoredChange, StoredMessage } from './store.ts'
import { fingerprint, isWords } from './text.ts'
import { isOver } from './waits.ts'

/** What a frame means: nothing new, a refusal, or a change to commit. */
export type Decision =
  | { kind: 'refused'; code: ErrorCode; detail?: string; retryAfter?: number }
  /** It was stored before; the first answer is given again. */
  | { kind: 'repeat'; entry: LogEntry }
  | { kind: 'change'; change: Change }

/** A durable change: the new entry, and its effect on the message it refers to. */
export interface Change {
  entry: LogEntry
  /** The message after the change. */
  stored?: StoredMessage
  /** Edits whose texts are erased with a deleted message. */
  redact?: readonly number[]
}

type EditData = ServerData<'editChat'>

export interface Author {
  by: string
  username: string
  role: Role
  mutedUntil?: number
}

export interface Circumstances {
  room: string
  record: RoomRecord
  store: Pick<Store, 'message'>
  author: Author
  /** The change already stored under this id, if any. */
  earlier: StoredChange | undefined
  id: string
  /** The longest body, in UTF-16 code units. */
  bodyLength: number
  now: number
  /** When the author last spoke; asked only in slow mode. */
  lastSpoke(): number | undefined
}

function isBody(body: string, { bodyLength }: Circumstances): boolean {
  return body.length <= bodyLength && VISIBLE.test(body)
}

/** Decides about one durable change. Writes nothing; the entry gets the next `seq` and `time`. */
export function decide(frame: ChangeFrame, at: Circumstances): Decision {
  if (at.earlier !== undefined) return decideAgain(frame, at.earlier)
  const { record, author } = at
  if (!may('speak', author.role, record.access)) return refuse('forbidden')
  const { mutedUntil = 0 } = author
  // A muted person may still delete their own messages.
  if (mutedUntil > at.now && frame.event !== 'deleteChat')
    return refuse('muted', { retryAfter: mutedUntil - at.now })
  const slow = isSpeech(frame) ? slowWait(at) : 0
  if (slow > 0) return refuse('rate-limited', { retryAfter: slow })
  const entry = {
    seq: record.seq + 1,
    id: at.id,
    by: author.by,
    username: author.username,
    time: Math.max(at.now, record.time),
    room: at.room,
  }
  switch (frame.event) {
    case 'updateChat': {
      const { body, replyTo } = frame.data
      if (!isBody(body, at)) return refuse('bad-data', 'body')
      if (replyTo !== undefined && at.store.message(replyTo) === undefined)
        return refuse('not-found', 'replyTo')
      const message = { ...entry, body, ...(replyTo === undefined ? {} : { replyTo }) }
      return change({ event: 'updateChat', data: message })
    }
    case 'editChat': {
      const { ref, body } = frame.data
      if (!isBody(body, at)) return refuse('bad-data', 'body')
      const stored = at.store.message(ref)
      if (stored === undefined || stored.message.deleted) return refuse('not-found', 'ref')
      if (!mayChange(stored, at)) return refuse('forbidden', 'ref')
      if ((stored.edits?.length ?? 0) >= LIMITS.editsPerMessage) return refuse('limit-reached', 'ref')
      const data = { ...entry, ref, body }
      return change({ event: 'editChat', data }, edited(stored, data))
    }
    case 'deleteChat': {
      const { ref } = frame.data
      const stored = at.store.message(ref)
      if (stored === undefined || stored.message.deleted) return refuse('not-found', 'ref')
      if (!mayChange(stored, at)) return refuse('forbidden', 'ref')
      return change(
        { event: 'deleteChat', data: { ...entry, ref } },
        tombstone(stored, entry.seq),
        stored.edits,
      )
    }
    case 'react': {
      const { ref, emoji, on } = frame.data
      if (on && !isEmoji(emoji)) return refuse('bad-data', 'emoji')
      const stored = at.store.message(ref)
      if (stored === undefined || stored.message.deleted) return refuse('not-found', 'ref')
      const message = reacted(stored.message, { seq: entry.seq, by: author.by, emoji, on })
      if (message === undefined) return refuse('limit-reached', 'emoji')
      return change({ event: 'react', data: { ...entry, ref, emoji, on } }, { ...stored, message })
    }
    case 'setTopic': {
      if (!may('setTopic', author.role, record.access)) return refuse('forbidden')
      const topic = frame.data.topic.trim()
      if (topic !== '' && !isLabel(topic)) return refuse('bad-data', 'topic')
      return change({ event: 'setTopic', data: { ...entry, topic } })
    }
    default:
      return frame satisfies never
  }
}

/** Whether slow mode counts a change: it says something in words. */
export function isSpeech(frame: ChangeFrame | LogEntry): boolean {
  switch (frame.event) {
    case 'updateChat':
    case 'editChat':
    case 'setTopic':
      return true
    case 'react':
      return frame.data.on && isWords(frame.data.emoji)
    case 'deleteChat':
      return false
    default:
      return frame satisfies never
  }
}

/** A repeated id: the same content gets the first answer, other content is a conflict. */
function decideAgain(frame: ChangeFrame, earlier: StoredChange): Decision {
  return isSame(frame, earlier) ? { kind: 'repeat', entry: earlier.entry } : refuse('conflict')
}

function isSame(frame: ChangeFrame, { entry, first }: StoredChange): boolean {
  switch (frame.event) {
    case 'updateChat':
      return (
        entry.event === 'updateChat' &&
        isFirst(frame.data.body, first) &&
        frame.data.replyTo === entry.data.replyTo
      )
    case 'editChat':
      return (
        entry.event === 'editChat' && isFirst(frame.data.body, first) && frame.data.ref === entry.data.ref
      )
    case 'deleteChat':
      return entry.event === 'deleteChat' && frame.data.ref === entry.data.ref
    case 'react': {
      if (entry.event !== 'react') return false
      const { ref, emoji, on } = frame.data
      return ref === entry.data.ref && emoji === entry.data.emoji && on === entry.data.on
    }
    case 'setTopic': {
      if (entry.event !== 'setTopic') return false
      const topic = frame.data.topic.trim()
      return 'fingerprint' in first ? isFirst(topic, first) : topic === entry.data.topic
    }
    default:
      return frame satisfies never
  }
}

function isFirst(body: string, first: StoredChange['first']): boolean {
  return 'text' in first ? body === first.text : fingerprint(body) === first.fingerprint
}

/** Authors may change their messages. Moderators may too, under their own names. */
function mayChange({ message }: StoredMessage, { author, record }: Circumstances): boolean {
  return message.by === author.by || may('moderate', author.role, record.access)
}

function edited(stored: StoredMessage, { seq, by, username, body }: EditData): StoredMessage {
  const { editor: _before, editorBy: _, ...message } = stored.message
  const editor = by === message.by ? {} : { editor: username, editorBy: by }
  return {
    message: { ...message, body, rev: seq, edited: true, ...editor },
    first: stored.first ?? stored.message.body,
    edits: [...(stored.edits ?? []), seq],
  }
}

/** What stays of a deleted message: author, id, place, and what tells a late retry of it. */
function tombstone(stored: StoredMessage, rev: number): StoredMessage {
  const {
    edited: _edited,
    editor: _editor,
    editorBy: _by,
    reactions: _reactions,
    ...message
  } = stored.message
  return {
    message: { ...message, body: '', rev, deleted: true },
    fingerprint: fingerprint(stored.first ?? stored.message.body),
  }
}

/** The message with this reaction added or removed, or undefined where it can take no more. */
function reacted(
  message: Message,
  { seq, by, emoji, on }: { seq: number; by: string; emoji: string; on: boolean },
): Message | undefined {
  const others = (message.reactions ?? []).map((reaction) =>
    reaction.emoji === emoji ? { emoji, by: reaction.by.filter((person) => person !== by) } : reaction,
  )
  const reactions = !on
    ? others
    : others.some((reaction) => reaction.emoji === emoji)
      ? others.map((reaction) => (reaction.emoji === emoji ? { emoji, by: [...reaction.by, by] } : reaction))
      : [...others, { emoji, by: [by] }]
  const left = reactions.filter((reaction) => reaction.by.length > 0)
  const total = left.reduce((sum, reaction) => sum + reaction.by.length, 0)
  if (on && (left.length > LIMITS.reactionsDistinct || total > LIMITS.reactionsPerMessage)) return undefined
  const { reactions: _before, ...rest } = message
  return { ...rest, rev: seq, ...(left.length > 0 ? { reactions: left } : {}) }
}

function change(entry: LogEntry, stored?: StoredMessage, redact?: readonly number[]): Decision {
  return {
    kind: 'change',
    change: { entry, ...(stored ? { stored: stored } : {}), ...(redact?.length ? { redact } : {}) },
  }
}

/** Whether a reaction is visible, and neither reverses nor covers the text beside it. */
function isEmoji(emoji: string): boolean {
  return VISIBLE.test(emoji) && !DIRECTION_OR_CONTROL.test(emoji) && !STACKED_MARKS.test(emoji)
}

/** How long slow mode has this author wait, in ms. */
function slowWait({ record, author, now, lastSpoke }: Circumstances): number {
  const { slowMs } = record.settings
  if (slowMs === 0 || may('moderate', author.role, record.access)) return 0
  const last = lastSpoke()
  if (last === undefined || isOver(last + slowMs, now, slowMs)) return 0
  return last + slowMs - now
}

function refuse(code: ErrorCode, more: string | { retryAfter?: number } = {}): Decision {
  return { kind: 'refused', code, ...(typeof more === 'string' ? { detail: more } : more) }
}
