// Only sends: the same frame to every socket, over and over, to show that the load generator can receive more than any
// server sends. The path gives the messages in a frame: /1, /100.
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { Duplex } from 'node:stream'

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'
const sockets: Duplex[] = []
let frame = Buffer.alloc(0)

const server = createServer((_request, response) => response.end('ok'))

server.on('upgrade', (request, socket) => {
  const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}${GUID}`).digest('base64')
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  )
  socket.write(encode('{"type":"history","messages":[]}'))
  sockets.push(socket)
  // The load generator leaves in the middle of a frame.
  socket.on('error', () => socket.destroy())
  frame = encode(messages(Number(request.url?.slice(1))))
  // The first data is the greeting; the second starts the blast.
  let heard = 0
  socket.on('data', () => {
    heard += 1
    if (heard === 2) blast()
  })
})

server.listen(Number(process.env.PORT), 'localhost')

function blast(): void {
  for (const socket of sockets) if (socket.writable && !socket.writableNeedDrain) socket.write(frame)
  setImmediate(blast)
}

function messages(count: number): string {
  const body = `0000 0000000000000${' '.repeat(18)}${'~'.repeat(64)}`
  const message = {
    event: 'updateChat',
    data: {
      seq: 1_000_000,
      id: 'an-id-of-a-message-36-characters-long',
      by: 'abcdefghijklmnopqrst',
      username: 'person-1',
      time: 1_700_000_000_000,
      room: 'bench-0',
      body,
    },
  }
  return JSON.stringify(count === 1 ? message : Array.from({ length: count }, () => message))
}

/** A server's frame, which has no mask. */
function encode(text: string): Buffer {
  const payload = Buffer.from(text)
  const { length } = payload
  const head = length < 126 ? Buffer.from([0x81, length]) : Buffer.alloc(length < 65_536 ? 4 : 10)
  if (head.length > 2) head[0] = 0x81
  if (head.length === 4) {
    head[1] = 126
    head.writeUInt16BE(length, 2)
  } else if (head.length === 10) {
    head[1] = 127
    head.writeBigUInt64BE(BigInt(length), 2)
  }
  return Buffer.concat([head, payload])
}
