import type { LogEntry, UnknownEntry } from '../../src/protocol/server-frames.ts'
import type { OutboxEntry, OutboxFrame } from './types.ts'

/** One's own change as it stands in the log, once an ack has told its place. */
export function logEntryOf(
  frame: OutboxFrame,
  entry: { seq: number; id: string; by: string; username: string; time: number; room: string },
): LogEntry | UnknownEntry {
  switch (frame.event) {
    case 'updateChat': {
      const { body, replyTo } = frame.data
      return { event: 'updateChat', data: { ...entry, body, ...(replyTo === undefined ? {} : { replyTo }) } }
    }
    case 'editChat': {
      const { ref, body } = frame.data
      return { event: 'editChat', data: { ...entry, ref, body } }
    }
    case 'deleteChat':
      return { event: 'deleteChat', data: { ...entry, ref: frame.data.ref } }
    case 'react': {
      const { ref, emoji, on } = frame.data
      return { event: 'react', data: { ...entry, ref, emoji, on } }
    }
    case 'setTopic':
      return { event: 'setTopic', data: { ...entry, topic: frame.data.topic } }
    default:
      // Queued by a newer page that shares this outbox.
      frame satisfies never
      return { event: 'unknown', data: entry }
  }
}

/** The topic that is on its way, if there is one. */
export function wishedTopic(entries: readonly OutboxEntry[]): string | undefined {
  const newest = entries.findLast(({ frame }) => frame.event === 'setTopic')
  return newest?.frame.event === 'setTopic' ? newest.frame.data.topic : undefined
}
