import type { LogEntry, Message } from '../../src/protocol/server-frames.ts'

/** A change of an earlier message. */
export type MessageChange = Extract<LogEntry, { event: 'editChat' | 'deleteChat' | 'react' }>

/** Whether an entry of the log, or a frame of the outbox, changes an earlier message. */
export function isChange<F extends { event: string }>(
  frame: F,
): frame is Extract<F, { event: MessageChange['event'] }> {
  return frame.event === 'editChat' || frame.event === 'deleteChat' || frame.event === 'react'
}

/** The `seq` of the newest change that a message contains. */
export function revOf(message: Message): number {
  return Math.max(message.seq, message.rev ?? 0)
}

/** The message with a change applied; the same object if it contains that change already. */
export function changed(message: Message, change: MessageChange): Message {
  const rev = change.data.seq
  if (rev <= revOf(message)) return message
  if (message.deleted) return { ...message, rev }
  switch (change.event) {
    case 'editChat':
      return change.data.deleted ? tombstone(message, rev) : edited(message, change.data)
    case 'deleteChat':
      return tombstone(message, rev)
    case 'react':
      return { ...reacted(message, change.data), rev }
    default:
      return change satisfies never
  }
}

function edited(
  { editor: _, editorBy: __, ...message }: Message,
  { seq, by, username, body }: Edit,
): Message {
  const editor = by === message.by ? {} : { editor: username, editorBy: by }
  return { ...message, body, rev: seq, edited: true, ...editor }
}

type Edit = Extract<LogEntry, { event: 'editChat' }>['data']

/** What remains of a deleted message: author, id and place. */
export function tombstone(
  { edited: _, editor: __, editorBy: ___, reactions: ____, ...message }: Message,
  rev: number,
): Message {
  return { ...message, body: '', rev, deleted: true }
}

/** The message as the room has it once it has forgotten a person; the same object if it does not bear their name. */
export function withoutName(message: Message, { by, forgotten = 0 }: Deletion): Message {
  if (message.by === by && message.seq <= forgotten) return { ...message, username: '' }
  return message.editorBy === by ? { ...message, editor: '' } : message
}

export type Deletion = Extract<LogEntry, { event: 'deleteChat' }>['data']

/** The message with one person's reaction on or off. */
export function reacted(
  { reactions = [], ...message }: Message,
  { by, emoji, on }: { by: string; emoji: string; on: boolean },
): Message {
  const others = reactions.map((one) =>
    one.emoji === emoji ? { emoji, by: one.by.filter((person) => person !== by) } : one,
  )
  const wanted = !on
    ? others
    : others.some((one) => one.emoji === emoji)
      ? others.map((one) => (one.emoji === emoji ? { emoji, by: [...one.by, by] } : one))
      : [...others, { emoji, by: [by] }]
  const left = wanted.filter((one) => one.by.length > 0)
  return left.length > 0 ? { ...message, reactions: left } : message
}
