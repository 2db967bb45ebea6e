import { type Fields, fieldsOf, numberOf, textOf } from '../../lib/parse-unknown.ts'
import { ask } from '../../net/api.ts'

/** What a room has used today, and what this month costs so far. */
export interface RoomUsage {
  messages: number
  rowsWritten: number
  rowsRead: number
  requests: number
  /** An estimate. */
  activeSeconds: number
  /** The share of the free plan's day: 1 is all of it. */
  ofFreePlan: number
  storedBytes: number
  monthDollars: number
  /** The date of the prices. */
  pricesOf: string
  /** Changes that went uncounted. */
  uncounted: number
}

/** Undefined where the server is unreachable or refuses. */
export async function fetchRoomUsage(room: string): Promise<RoomUsage | undefined> {
  const answer = await ask(`/api/rooms/${room}/usage`, 'GET')
  return answer?.ok ? readUsage(answer.body) : undefined
}

export function readUsage(body: Fields): RoomUsage {
  const day = fieldsOf(body.day)
  const count = (of: Fields | undefined, name: string) => numberOf(of?.[name]) ?? 0
  return {
    messages: count(day, 'messages'),
    rowsWritten: count(day, 'rowsWritten'),
    rowsRead: count(day, 'rowsRead'),
    requests: count(day, 'requests'),
    activeSeconds: count(day, 'estimatedActiveSeconds'),
    ofFreePlan: count(fieldsOf(day?.ofFreePlan), 'most'),
    storedBytes: count(body, 'storedBytes'),
    monthDollars: count(fieldsOf(fieldsOf(body.month)?.dollars), 'total'),
    pricesOf: textOf(fieldsOf(body.prices)?.date) ?? '',
    uncounted: count(body, 'uncounted'),
  }
}
