import { type Dialect, unexpected } from '../dialect.ts'

/**
 * Socket.IO over its WebSocket transport from the start, which opens faster. A frame starts with the packet's type: `0`
 * open, `2` ping, `3` pong, `40` connected, `42` an event, `43` its acknowledgement.
 */
export const socketio: Dialect = {
  path: () => '/socket.io/?EIO=4&transport=websocket',
  headers: () => '',
  hello: () => [],
  enter(text, { room, username }) {
    if (text.startsWith('0{')) return { reply: '40', isIn: false }
    if (text.startsWith('40'))
      return { reply: `420${JSON.stringify(['join', { room, username }])}`, isIn: false }
    return { isIn: text.startsWith('430') }
  },
  say: ({ ordinal, body }, { label }) =>
    `42${ordinal}${JSON.stringify(['say', { id: `${label}-${ordinal}`, body }])}`,
  note(text) {
    if (text === '2') return { reply: '3' }
    if (text.startsWith('43')) return { acks: 1 }
    return text.startsWith('42') ? {} : unexpected(text)
  },
}
