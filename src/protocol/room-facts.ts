import { ACCESS_KINDS, type AccessKind } from './access-kinds.ts'
import { RETENTIONS, type Retention } from './retentions.ts'

/** `GET /api/rooms/:room`: what anyone who may join can know about a room before they join. */
export interface RoomFacts {
  room: string
  /** Empty if its moderators have not set one. */
  title: string
  topic: string
  access: AccessKind
  online: number
  seq: number
  /** Null before the room begins: by its first join, or by being made. */
  epoch: string | null
  retention: Retention
}

/**
 * The facts in a response's body. Missing or unknown values read as in a new room. Parsed by hand, since the first view
 * of the page loads no schema library.
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
