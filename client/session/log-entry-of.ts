import type { LogEntry, UnknownEntry } from '../../src/protocol/server-frames.ts'
import type { OutboxEntry, OutboxFrame } from './types.ts'

/**
 * The entry that a change of the outbox has become in the log. `entry` is its place there, as the ack names it: `seq`,
 * `time` (ms since 1970, by the server's clock), and the author. A kind of change that only a newer page knows becomes
 * an `unknown` entry.
 */
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
      // A newer page that shares this outbox queued it.
      frame satisfies never
      return { event: 'unknown', data: entry }
  }
}

/** The newest topic in the outbox, if there is one. */
export function pendingTopic(entries: readonly OutboxEntry[]): string | undefined {
  const newest = entries.findLast(({ frame }) => frame.event === 'setTopic')
  return newest?.frame.event === 'setTopic' ? newest.frame.data.topic : undefined
}
