import { count, type Dialect, unexpected } from '../dialect.ts'

/** The protocol of the plain peers: `{type, …}` as JSON. */
export function plain(path: (room: string) => string, heartbeat?: string): Dialect {
  return {
    path: ({ room }) => path(room),
    headers: () => '',
    hello: ({ username }) => [JSON.stringify({ type: 'join', username })],
    enter: (text) => ({ isIn: text.startsWith('{"type":"history"') }),
    say: ({ ordinal, body }, { label }) => JSON.stringify({ type: 'say', id: `${label}-${ordinal}`, body }),
    note(text) {
      if (text.startsWith('{"type":"error"')) unexpected(text)
      if (text.startsWith('{"type":"made"')) return { made: Number(/\d+/.exec(text)?.[0]) }
      return { acks: count(text, '{"type":"ack"') }
    },
    ...(heartbeat === undefined ? {} : { heartbeat, askSlept: () => JSON.stringify({ type: 'made' }) }),
  }
}
