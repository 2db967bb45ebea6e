/** The session kit's one public index. */
export { MemoryOutbox } from './memory-outbox.ts'
export { Mutex as Turns } from './mutex.ts'
export { openSession } from './session.ts'
export { type Stamp, withStamp } from './stamp.ts'
export type {
  Clock,
  OutboxEntry,
  OutboxFrame,
  OutboxStore,
  Person,
  PresenceEvent as Passage,
  Session,
  SessionOptions,
  SessionView,
  Socket,
  SocketHandlers,
  Status,
  TimelineItem,
} from './types.ts'
