// A chat by Socket.IO's tutorial, with rooms, acknowledgements and a table of messages in SQLite.
import { createServer } from 'node:http'
import { DatabaseSync } from 'node:sqlite'
import { Server } from 'socket.io'

const db = new DatabaseSync(`${process.env.DATA}/messages.sqlite`)
// The usual advice for a server, and the faster choice: a commit does not wait for the disk.
db.exec(`PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS messages (
    seq INTEGER PRIMARY KEY, room TEXT NOT NULL, id TEXT NOT NULL, by TEXT NOT NULL, username TEXT NOT NULL,
    body TEXT NOT NULL, time INTEGER NOT NULL
  );
  CREATE INDEX IF NOT EXISTS messages_by_room ON messages (room, seq)`)
const insert = db.prepare(
  'INSERT INTO messages (room, id, by, username, body, time) VALUES (?, ?, ?, ?, ?, ?)',
)
const newest = db.prepare(
  'SELECT seq, id, by, username, body, time FROM messages WHERE room = ? ORDER BY seq DESC LIMIT 50',
)

const http = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
  if (pathname.endsWith('/fill')) fill(pathname.split('/')[1] ?? '', Number(searchParams.get('messages')))
  response.end('ok')
})
const io = new Server(http, { transports: ['websocket'] })

io.on('connection', (socket) => {
  socket.on('join', ({ room, username }, reply) => {
    if (typeof room !== 'string' || typeof username !== 'string' || typeof reply !== 'function') return
    socket.data = { room, username }
    socket.join(room)
    reply(newest.all(room).reverse())
  })
  socket.on('say', ({ id, body }, reply) => {
    const { room, username } = socket.data
    if (!room || typeof id !== 'string' || !isText(body) || typeof reply !== 'function') return
    const time = Date.now()
    const seq = Number(insert.run(room, id, socket.id, username, body, time).lastInsertRowid)
    socket.to(room).emit('message', { seq, id, by: socket.id, username, body, time })
    reply({ id, seq, time })
  })
})

http.listen(Number(process.env.PORT), 'localhost')

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= 4000
}

/** Fills a room with messages at once, for scenarios with a history. */
function fill(room: string, messages: number): void {
  const body = `${'fill '.repeat(7)} ${'~'.repeat(64)}`
  db.exec('BEGIN')
  for (let more = 0; more < messages; more++) {
    insert.run(room, `fill-${more}`, 'somebody-1234567890', 'person-1', body, Date.now())
  }
  db.exec('COMMIT')
}
