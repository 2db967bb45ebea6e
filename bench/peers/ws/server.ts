// A minimal chat on `ws`: rooms in memory, nothing stored.
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'

const rooms = new Map<string, Set<WebSocket>>()
let seq = 0

const http = createServer((_request, response) => response.end('ok'))
const server = new WebSocketServer({ server: http })

server.on('connection', (socket, request) => {
  const name = request.url ?? '/'
  const room = rooms.get(name) ?? new Set()
  rooms.set(name, room)
  const who = { by: randomUUID().slice(0, 20), username: '' }
  socket.on('close', () => room.delete(socket))
  socket.on('message', (data) => {
    const asked = parse(String(data))
    if (asked?.type === 'join' && typeof asked.username === 'string') {
      who.username = asked.username
      room.add(socket)
      socket.send(JSON.stringify({ type: 'history', messages: [] }))
    } else if (asked?.type === 'say' && isText(asked.body) && typeof asked.id === 'string') {
      const { id, body } = asked
      const message = { seq: ++seq, id, ...who, body, time: Date.now() }
      const text = JSON.stringify({ type: 'message', message })
      for (const other of room) if (other !== socket) other.send(text)
      socket.send(JSON.stringify({ type: 'ack', id, seq: message.seq, time: message.time }))
    } else {
      socket.send(JSON.stringify({ type: 'error' }))
    }
  })
})

http.listen(Number(process.env.PORT), 'localhost')

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= 4000
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
