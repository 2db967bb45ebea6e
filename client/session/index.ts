/**
 * The session kit: the protocol's other half, the same in a browser, in Node and in a bot. This is its one public
 * index; nothing outside the kit imports its parts.
 */

export { isUnread } from './is-unread.ts'
export { logEntryOf } from './log-entry-of.ts'
export { PING_EVERY_MS, PONG_LEAD_MS, WOKEN_ANSWER_MS } from './machine-steps.ts'
export { MemoryOutbox } from './memory-outbox.ts'
export { Mutex } from './mutex.ts'
export { namesIn } from './names-in.ts'
export { UNANSWERED_MS } from './outbox.ts'
export { openSession } from './session.ts'
export { type Stamp, withStamp } from './stamp.ts'
export type {
  Clock,
  HistoryWindow,
  OutboxEntry,
  OutboxFrame,
  OutboxStore,
  Person,
  PresenceEvent,
  Session,
  SessionOptions,
  SessionView,
  Socket,
  SocketHandlers,
  Status,
  TimelineItem,
} from './types.ts'
