import type { Message } from '../../src/protocol/server-frames.ts'
import { isChange, type MessageChange, reacted, revOf, tombstone } from './apply-change.ts'
import type { MessageItem, MessageItems } from './message-items.ts'
import type { OutboxEntry, OutboxFrame, TimelineItem } from './types.ts'

/**
 * The rows to show: confirmed messages with this person's unconfirmed changes applied, then their unconfirmed messages
 * in the order of queueing. Changes of a kind that only a newer page knows are left out.
 */
export function overlay(
  rows: MessageItems,
  entries: readonly OutboxEntry[],
  personId: string,
  epoch: string | undefined,
): readonly TimelineItem[] {
  const own = entries.flatMap((entry) => {
    const { frame } = entry
    // The message that an edit was for is gone with its epoch: its text shows by itself.
    const isOwn = frame.event === 'updateChat' || (frame.event === 'editChat' && isOfAnother(entry, epoch))
    return isOwn ? [unconfirmed(entry, frame.data)] : []
  })
  return [...overlayChanges(rows, entries, personId, epoch), ...own]
}

/** As `overlay`, without the unconfirmed messages: these belong at the end of the timeline. */
export function overlayChanges(
  rows: MessageItems,
  entries: readonly OutboxEntry[],
  personId: string,
  epoch: string | undefined,
): readonly MessageItem[] {
  const changed = new Map<number, MessageItem>()
  for (const entry of entries) {
    const { frame } = entry
    if (!isChange(frame) || isOfAnother(entry, epoch)) continue
    const row = changed.get(frame.data.ref) ?? rows.find(frame.data.ref)
    if (row !== undefined && !row.message.deleted)
      changed.set(frame.data.ref, applyOwn(row, { ...entry, frame }, personId))
  }
  return rows.with(changed.values())
}

/** Whether a change was made in another epoch, where its `ref` was of another message. */
function isOfAnother({ frame }: OutboxEntry, epoch: string | undefined): boolean {
  const { epoch: own } = frame.data
  return epoch !== undefined && own !== undefined && own !== epoch
}

function unconfirmed(
  { id, time, failed, unsaved }: OutboxEntry,
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
    : { ...row, kind: 'pending', ...(unsaved ? { unsaved } : {}) }
}

interface OwnChange extends OutboxEntry {
  frame: Extract<OutboxFrame, { event: MessageChange['event'] }>
}

function applyOwn(
  row: MessageItem,
  { id, frame, failed, unsaved }: OwnChange,
  personId: string,
): MessageItem {
  const { message } = row
  const pending = { editing: 'pending' as const, editId: id, ...(unsaved ? { unsaved } : {}) }
  switch (frame.event) {
    case 'editChat':
      return failed
        ? refused(row, id, frame.event, failed)
        : { ...row, message: { ...message, body: frame.data.body }, ...pending }
    case 'deleteChat':
      return failed
        ? refused(row, id, frame.event, failed)
        : { ...row, message: tombstone(message, revOf(message)), ...pending }
    case 'react':
      return failed ? row : { ...row, message: withReaction(message, frame.data, personId) }
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

function withReaction(message: Message, wish: { emoji: string; on: boolean }, personId: string): Message {
  const isOn =
    message.reactions?.some((one) => one.emoji === wish.emoji && one.by.includes(personId)) ?? false
  return isOn === wish.on ? message : reacted(message, { by: personId, emoji: wish.emoji, on: wish.on })
}
