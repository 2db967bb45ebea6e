import { RETENTIONS, type Retention } from './retentions.ts'
import { ACCESS_KINDS, type AccessKind } from './roles.ts'

/** `GET /api/rooms/:room`: what anyone who may join can know of a room before they do. */
export interface RoomFacts {
  room: string
  /** What its moderators call it; empty where they call it nothing. */
  title: string
  topic: string
  access: AccessKind
  online: number
  seq: number
  /** Null where nobody has joined it yet. */
  epoch: string | null
  retention: Retention
}

/**
 * The facts in the body of an answer. What is missing or unknown there is taken to be as in a new room. Read by hand,
 * since the first view of the page does without the schema library.
 */
export function parseRoomFacts(body: Readonly<Record<string, unknown>>): RoomFacts {
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  const count = (value: unknown) => (typeof value === 'number' ? value : 0)
  return {
    room: text(body.room),
    title: text(body.title),
    topic: text(body.topic),
    access: ACCESS_KINDS.find((kind) => kind === body.access) ?? 'open',
    online: count(body.online),
    seq: count(body.seq),
    epoch: typeof body.epoch === 'string' ? body.epoch : null,
    retention: RETENTIONS.find((retention) => retention === body.retention) ?? 'forever',
  }
}
