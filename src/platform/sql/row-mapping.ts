import type { Role } from '../../protocol/roles.ts'
import type { LogEntry, Message } from '../../protocol/server-frames.ts'
import {
  type Access,
  DEFAULT_SETTINGS,
  type PersonRecord,
  type RoomRecord,
  type RoomSettings,
} from '../../room/model/room-record.ts'
import type { StoredChange, StoredMessage } from '../../room/model/store.ts'
import type { SqlRow } from './sql.ts'

/** Turns rows into values and back. Only this file writes the JSON, so it trusts the shapes it reads. */
type MessageExtra = Pick<
  Message,
  'replyTo' | 'rev' | 'edited' | 'editor' | 'editorBy' | 'deleted' | 'reactions'
> &
  Pick<StoredMessage, 'first' | 'edits' | 'fingerprint'>

type Change = Exclude<LogEntry, { event: 'updateChat' }>
interface ChangeData {
  ref?: number
  body?: string
  deleted?: boolean
  emoji?: string
  on?: boolean
  topic?: string
  forgotten?: number
  fingerprint?: string
}

const commonFields = (row: SqlRow, room: string) => ({
  seq: Number(row.seq),
  id: String(row.id),
  by: String(row.by),
  username: String(row.username),
  time: Number(row.time),
  room,
})

export function storedMessageOf(row: SqlRow, room: string): StoredMessage {
  const { first, edits, fingerprint, ...extra } = extraOf(row)
  const stored: StoredMessage = { message: { ...commonFields(row, room), body: String(row.body), ...extra } }
  if (first !== undefined) stored.first = first
  if (edits !== undefined) stored.edits = edits
  if (fingerprint !== undefined) stored.fingerprint = fingerprint
  return stored
}

export function messageOf(row: SqlRow, room: string): Message {
  return storedMessageOf(row, room).message
}

/** The `extra` column of a message; null for a plain one. */
export function extraColumn({ message, first, edits, fingerprint }: StoredMessage): string | null {
  const { replyTo, rev, edited, editor, editorBy, deleted, reactions } = message
  const extra = JSON.stringify({
    replyTo,
    rev,
    edited,
    editor,
    editorBy,
    deleted,
    reactions,
    first,
    edits,
    fingerprint,
  })
  return extra === '{}' ? null : extra
}

function extraOf(row: SqlRow): MessageExtra {
  return row.extra === null ? {} : (JSON.parse(String(row.extra)) as MessageExtra)
}

export function changeOf(row: SqlRow, room: string): Change {
  const { ref = 0, body = '', deleted, emoji = '', on = false, topic = '', forgotten } = dataOf(row)
  const data = commonFields(row, room)
  switch (row.event) {
    case 'editChat':
      return { event: 'editChat', data: { ...data, ref, body, ...(deleted ? { deleted } : {}) } }
    case 'deleteChat':
      return {
        event: 'deleteChat',
        data: { ...data, ref, ...(forgotten === undefined ? {} : { forgotten }) },
      }
    case 'react':
      return { event: 'react', data: { ...data, ref, emoji, on } }
    case 'setTopic':
      return { event: 'setTopic', data: { ...data, topic } }
    default:
      throw new Error(`The log has an event of an unknown kind at seq ${row.seq}`)
  }
}

/** The message that a change is about. */
export function changeRef(row: SqlRow): number {
  return dataOf(row).ref ?? 0
}

/** The `data` column of a change. */
export function dataColumn({ data }: Change): string {
  const { seq: _seq, id: _id, by: _by, username: _username, time: _time, room: _room, ...rest } = data
  return JSON.stringify(rest)
}

/** An edit or a topic without its text. */
export function redactedData(row: SqlRow, fingerprint: (text: string) => string): string {
  const data = dataOf(row)
  if (data.deleted) return String(row.data)
  if (data.topic !== undefined)
    return JSON.stringify({ topic: '', fingerprint: fingerprint(data.topic) } satisfies ChangeData)
  const redacted: ChangeData = { ...data, body: '', deleted: true, fingerprint: fingerprint(data.body ?? '') }
  return JSON.stringify(redacted)
}

function dataOf(row: SqlRow): ChangeData {
  return JSON.parse(String(row.data)) as ChangeData
}

export function storedFromMessage(row: SqlRow, room: string): StoredChange {
  const { message, first, fingerprint } = storedMessageOf(row, room)
  const sent = fingerprint === undefined ? { text: first ?? message.body } : { fingerprint }
  return { entry: { event: 'updateChat', data: message }, first: sent }
}

export function storedFromChange(row: SqlRow, room: string): StoredChange {
  const { body = '', fingerprint } = dataOf(row)
  return { entry: changeOf(row, room), first: fingerprint === undefined ? { text: body } : { fingerprint } }
}

export function recordOf(row: SqlRow): RoomRecord {
  return {
    epoch: String(row.epoch),
    seq: Number(row.seq),
    time: Number(row.time),
    floor: Number(row.floor),
    topic: String(row.topic),
    access: JSON.parse(String(row.access)) as Access,
    settings: { ...DEFAULT_SETTINGS, ...(JSON.parse(String(row.settings)) as Partial<RoomSettings>) },
  }
}

export function personOf(row: SqlRow): PersonRecord {
  return {
    by: String(row.by),
    session: String(row.session),
    username: String(row.username),
    role: String(row.role) as Role,
    seen: Number(row.seen),
    ...(row.since === 0 ? {} : { since: Number(row.since) }),
    ...(row.joined_after === 0 ? {} : { joinedAfter: Number(row.joined_after) }),
    ...(row.silent === 0 ? {} : { silent: true }),
    ...(row.read === 0 ? {} : { read: Number(row.read) }),
    ...(row.muted_until === 0 ? {} : { mutedUntil: Number(row.muted_until) }),
    ...(row.banned_until === 0 ? {} : { bannedUntil: Number(row.banned_until) }),
    ...(row.refuses_strangers === 0 ? {} : { refusesStrangers: true }),
  }
}
