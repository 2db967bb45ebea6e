import type { Message } from '../../src/protocol/server-frames.ts'
import { isChange, type MessageChange, reacted, revOf, tombstone } from './apply-change.ts'
import type { MessageItem, MessageItems } from './message-items.ts'
import type { OutboxEntry, OutboxFrame, TimelineItem } from './types.ts'

/**
 * What is shown: confirmed rows with one's own unconfirmed changes already made to them, then one's own unconfirmed
 * messages in the order they were typed. What a newer page queued that shares this outbox may be of another kind.
 */
export function overlay(
  rows: MessageItems,
  entries: readonly OutboxEntry[],
  by: string,
): readonly TimelineItem[] {
  const own = entries.flatMap((entry) =>
    entry.frame.event === 'updateChat' ? [unconfirmed(entry, entry.frame.data)] : [],
  )
  return [...overlayChanges(rows, entries, by), ...own]
}

/** As `overlay`, without messages that are on their way: they stand at the present. */
export function overlayChanges(
  rows: MessageItems,
  entries: readonly OutboxEntry[],
  by: string,
): readonly MessageItem[] {
  const touched = new Map<number, MessageItem>()
  for (const entry of entries) {
    const { frame } = entry
    if (!isChange(frame)) continue
    const row = touched.get(frame.data.ref) ?? rows.find(frame.data.ref)
    if (row !== undefined && !row.message.deleted)
      touched.set(frame.data.ref, touch(row, { ...entry, frame }, by))
  }
  return rows.with(touched.values())
}

function unconfirmed(
  { id, time, failed }: OutboxEntry,
  { body, replyTo }: { body: string; replyTo?: number | undefined },
): TimelineItem {
  const row = { key: id, id, body, time, ...(replyTo === undefined ? {} : { replyTo }) }
  return failed
    ? {
        ...row,
        kind: 'failed',
        code: failed.code,
        reason: failed.message,
        ...(failed.until === undefined ? {} : { until: failed.until }),
      }
    : { ...row, kind: 'pending' }
}

interface OwnChange extends OutboxEntry {
  frame: Extract<OutboxFrame, { event: MessageChange['event'] }>
}

function touch(row: MessageItem, { id, frame, failed }: OwnChange, by: string): MessageItem {
  const { message } = row
  switch (frame.event) {
    case 'editChat':
      return failed
        ? refused(row, id, frame.event, failed)
        : { ...row, message: { ...message, body: frame.data.body }, editing: 'pending', editId: id }
    case 'deleteChat':
      return failed
        ? refused(row, id, frame.event, failed)
        : { ...row, message: tombstone(message, revOf(message)), editing: 'pending', editId: id }
    case 'react':
      return failed ? row : { ...row, message: withReaction(message, frame.data, by) }
    default:
      return frame satisfies never
  }
}

function refused(
  row: MessageItem,
  id: string,
  event: 'editChat' | 'deleteChat',
  { code, message }: NonNullable<OutboxEntry['failed']>,
): MessageItem {
  return { ...row, editing: 'failed', editId: id, refused: { event, code, reason: message } }
}

function withReaction(message: Message, wish: { emoji: string; on: boolean }, by: string): Message {
  const stands = message.reactions?.some((one) => one.emoji === wish.emoji && one.by.includes(by)) ?? false
  return stands === wish.on ? message : reacted(message, { by, emoji: wish.emoji, on: wish.on })
}
