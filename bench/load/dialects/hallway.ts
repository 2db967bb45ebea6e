import { createHash, randomUUID } from 'node:crypto'
import { count, type Dialect, type Seat, unexpected } from '../dialect.ts'

/** The wire of docs/protocol.md, as the session kit speaks it: every message with an id, `since` and `epoch`. */
export const hallway: Dialect = {
  path: ({ room }) => `/api/rooms/${room}/ws`,
  headers: (seat) => `Cookie: hallway=${tokenOf(seat)}\r\n`,
  hello: ({ username, room }) => [event('userJoin', { username, room })],
  enter(text, seat) {
    if (text.includes('"event":"joined"')) {
      seat.epoch = /"epoch":"([^"]*)"/.exec(text)?.[1] ?? unexpected(text)
      seat.seen = Number(/"seq":(\d+)/.exec(text)?.[1] ?? unexpected(text))
    } else if (text.includes('"event":"error"')) unexpected(text)
    return { isIn: text.includes('"event":"msgHistory"') }
  },
  say: ({ ordinal, body }, { label, room, epoch, seen }) =>
    event('updateChat', { body, room, id: `${RUN}-${label}-${ordinal}`, since: seen, epoch }),
  note(text) {
    if (text.includes('"event":"error"')) unexpected(text)
    return {
      acks: count(text, '{"event":"ack"'),
      roster: text.includes('"event":"activeUsers"') || text.includes('"event":"presence"'),
      ...(text.includes('"event":"sync"') ? { reply: event('sync', { seq: seqOf(text) }) } : {}),
    }
  },
  see(bytes, start, end, seat) {
    const at = bytes.lastIndexOf(SEQ, end)
    if (at < start) return
    let seq = 0
    for (let digit = at + SEQ.length; ; digit++) {
      const value = (bytes[digit] ?? 0) - 0x30
      if (value < 0 || value > 9) break
      seq = seq * 10 + value
    }
    seat.seen = Math.max(seat.seen, seq)
  },
  heartbeat: 'ping',
  // A room that wakes sends everyone the roster.
  askSlept: (seat) => typing(seat),
  typing,
}

/** Ids differ between processes, even for the same people, because a repeated id is a retry. */
const RUN = randomUUID().slice(0, 13)

const SEQ = Buffer.from('"seq":')

function typing({ username, room }: Seat): string {
  return event('userTyping', { username, room })
}

function event(name: string, data: object): string {
  return JSON.stringify({ event: name, data })
}

function seqOf(text: string): number {
  return Number(/"event":"sync","data":{"seq":(\d+)/.exec(text)?.[1] ?? 0)
}

/** A session of 256 bits that is the same at each join of a person: returning people write no rows. */
function tokenOf({ index }: Seat): string {
  return createHash('sha256').update(`bench ${index}`).digest('base64url')
}
