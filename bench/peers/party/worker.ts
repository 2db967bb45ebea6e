import {
  type Connection,
  type ConnectionContext,
  routePartykitRequest,
  Server,
  type WSMessage,
} from 'partyserver'

interface Environment {
  ROOMS: DurableObjectNamespace<Room>
}

interface Who {
  username: string
}

/** Shows whether the room slept, as in ../object/worker.ts. */
let made = 0

/** A chat by partyserver's documentation: hibernating, with its SQL and `broadcast`. */
export class Room extends Server<Environment> {
  static override options = { hibernate: true }

  override onStart(): void {
    made += 1
    this.ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'))
    this.ctx.storage.sql.exec(`CREATE TABLE IF NOT EXISTS messages (
      seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, by TEXT NOT NULL, username TEXT NOT NULL,
      body TEXT NOT NULL, time INTEGER NOT NULL
    )`)
  }

  override onConnect(connection: Connection<Who>, _context: ConnectionContext): void {
    connection.setState({ username: '' })
  }

  override onMessage(connection: Connection<Who>, frame: WSMessage): void {
    const asked = parse(frame)
    if (asked?.type === 'join' && typeof asked.username === 'string') {
      connection.setState({ username: asked.username })
      connection.send(JSON.stringify({ type: 'history', messages: this.#history() }))
    } else if (asked?.type === 'say' && isText(asked.body) && typeof asked.id === 'string') {
      this.#say(connection, asked.id, asked.body)
    } else if (asked?.type === 'made') {
      connection.send(JSON.stringify({ type: 'made', made }))
    } else {
      connection.send(JSON.stringify({ type: 'error' }))
    }
  }

  #say(connection: Connection<Who>, id: string, body: string): void {
    const { id: by, state } = connection
    const message = { id, by, username: state?.username ?? '', body, time: Date.now() }
    const [row] = this.ctx.storage.sql
      .exec<{ seq: number }>(
        'INSERT INTO messages (id, by, username, body, time) VALUES (?, ?, ?, ?, ?) RETURNING seq',
        ...Object.values(message),
      )
      .toArray()
    const seq = row?.seq ?? 0
    this.broadcast(JSON.stringify({ type: 'message', message: { seq, ...message } }), [connection.id])
    connection.send(JSON.stringify({ type: 'ack', id, seq, time: message.time }))
  }

  #history(): unknown[] {
    return this.ctx.storage.sql.exec('SELECT * FROM messages ORDER BY seq DESC LIMIT 50').toArray().reverse()
  }
}

export default {
  async fetch(request: Request, env: Environment): Promise<Response> {
    if (new URL(request.url).pathname === '/healthz') return new Response('ok')
    return (await routePartykitRequest(request, { ...env })) ?? new Response('Not found', { status: 404 })
  },
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= 4000
}

function parse(frame: WSMessage): Record<string, unknown> | undefined {
  try {
    return typeof frame === 'string' ? JSON.parse(frame) : undefined
  } catch {
    return undefined
  }
}
