import type { Message } from '../../src/protocol/server-frames.ts'
import { type Change, isChange, reacted, revOf, tombstone } from './change.ts'
import type { Row, Rows } from './rows.ts'
import type { OutboxEntry, OutboxFrame, TimelineItem } from './types.ts'

/**
 * What is shown: confirmed rows with one's own unconfirmed changes already made to them, then one's own unconfirmed
 * messages in the order they were typed. What a newer page queued that shares this outbox may be of another kind.
 */
export function overlay(rows: Rows, entries: readonly OutboxEntry[], by: string): readonly TimelineItem[] {
  const touched = new Map<number, Row>()
  const own: TimelineItem[] = []
  for (const entry of entries) {
    const { frame } = entry
    if (frame.event === 'updateChat') own.push(unconfirmed(entry, frame.data))
    else if (isChange(frame)) {
      const row = touched.get(frame.data.ref) ?? rows.find(frame.data.ref)
      if (row !== undefined && !row.message.deleted)
        touched.set(frame.data.ref, touch(row, { ...entry, frame }, by))
    }
  }
  return [...rows.with(touched.values()), ...own]
}

function unconfirmed(
  { id, time, failed }: OutboxEntry,
  { body, replyTo }: { body: string; replyTo?: number | undefined },
): TimelineItem {
  const row = { key: id, id, body, time, ...(replyTo === undefined ? {} : { replyTo }) }
  return failed
    ? { ...row, kind: 'failed', code: failed.code, reason: failed.message }
    : { ...row, kind: 'pending' }
}

interface OwnChange extends OutboxEntry {
  frame: Extract<OutboxFrame, { event: Change['event'] }>
}

function touch(row: Row, { id, frame, failed }: OwnChange, by: string): Row {
  const { message } = row
  switch (frame.event) {
    case 'editChat':
      return failed
        ? { ...row, editing: 'failed', editId: id }
        : { ...row, message: { ...message, body: frame.data.body }, editing: 'pending', editId: id }
    case 'deleteChat':
      return failed
        ? { ...row, editing: 'failed', editId: id }
        : { ...row, message: tombstone(message, revOf(message)), editing: 'pending', editId: id }
    case 'react':
      return failed ? row : { ...row, message: withReaction(message, frame.data, by) }
    default:
      return frame satisfies never
  }
}

function withReaction(message: Message, wish: { emoji: string; on: boolean }, by: string): Message {
  const stands = message.reactions?.some((one) => one.emoji === wish.emoji && one.by.includes(by)) ?? false
  return stands === wish.on ? message : reacted(message, { by, emoji: wish.emoji, on: wish.on })
}
