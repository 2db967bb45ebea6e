import { DurableObject } from 'cloudflare:workers'

interface Environment {
  ROOMS: DurableObjectNamespace<Room>
  /** Whether the object stores each message in its SQLite. */
  STORES: string
}

interface Who {
  by: string
  username: string
}

export interface Message extends Who {
  seq: number
  id: string
  body: string
  time: number
}

/** How often each object was constructed since the process started: more than once means that it slept. */
let made = 0

/** A minimal chat on a Durable Object: hibernating sockets, and at most one INSERT a message. */
export class Room extends DurableObject<Environment> {
  readonly #stores: boolean
  protected seq = 0

  constructor(ctx: DurableObjectState, env: Environment) {
    super(ctx, env)
    made += 1
    this.#stores = env.STORES === 'yes'
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'))
    if (!this.#stores) return
    ctx.storage.sql.exec(`CREATE TABLE IF NOT EXISTS messages (
      seq INTEGER PRIMARY KEY, id TEXT NOT NULL, by TEXT NOT NULL, username TEXT NOT NULL, body TEXT NOT NULL,
      time INTEGER NOT NULL
    )`)
    const [newest] = ctx.storage.sql
      .exec<{ seq: number | null }>('SELECT max(seq) AS seq FROM messages')
      .toArray()
    this.seq = newest?.seq ?? 0
  }

  override fetch(request: Request): Response {
    const { pathname, searchParams } = new URL(request.url)
    if (pathname.endsWith('/fill')) return this.#fill(Number(searchParams.get('messages')))
    const { 0: client, 1: server } = new WebSocketPair()
    this.ctx.acceptWebSocket(server)
    server.serializeAttachment({ by: crypto.randomUUID().slice(0, 20), username: '' } satisfies Who)
    return new Response(null, { status: 101, webSocket: client })
  }

  override webSocketMessage(socket: WebSocket, frame: string | ArrayBuffer): void {
    const asked = parse(frame)
    const who = socket.deserializeAttachment() as Who
    if (asked?.type === 'join' && typeof asked.username === 'string') {
      socket.serializeAttachment({ ...who, username: asked.username } satisfies Who)
      socket.send(JSON.stringify({ type: 'history', messages: this.#history() }))
    } else if (asked?.type === 'say' && isText(asked.body) && typeof asked.id === 'string') {
      const { id, body } = asked
      this.say(socket, { seq: this.seq + 1, id, ...who, body, time: Date.now() })
    } else if (asked?.type === 'made') {
      socket.send(JSON.stringify({ type: 'made', made }))
    } else {
      socket.send(JSON.stringify({ type: 'error' }))
    }
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    socket.close(code === 1005 || code === 1006 ? 1000 : code)
  }

  protected say(from: WebSocket, message: Message): void {
    this.seq = message.seq
    if (this.#stores) this.store(message)
    const text = JSON.stringify({ type: 'message', message })
    for (const socket of this.ctx.getWebSockets()) if (socket !== from) socket.send(text)
    from.send(JSON.stringify({ type: 'ack', id: message.id, seq: message.seq, time: message.time }))
  }

  protected store({ seq, id, by, username, body, time }: Message): void {
    const { sql } = this.ctx.storage
    sql.exec('INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?)', seq, id, by, username, body, time)
  }

  #history(): unknown[] {
    if (!this.#stores) return []
    return this.ctx.storage.sql.exec('SELECT * FROM messages ORDER BY seq DESC LIMIT 50').toArray().reverse()
  }

  /** Fills the room with messages at once, for scenarios with a history. */
  #fill(messages: number): Response {
    const body = `${'fill '.repeat(7)} ${'~'.repeat(64)}`
    this.ctx.storage.transactionSync(() => {
      for (let more = 0; more < messages; more++) {
        this.seq += 1
        const id = crypto.randomUUID()
        this.store({ seq: this.seq, id, by: id.slice(0, 20), username: 'person-1', body, time: Date.now() })
      }
    })
    return new Response()
  }
}

export default {
  fetch(request: Request, env: Environment): Response | Promise<Response> {
    const { pathname } = new URL(request.url)
    if (pathname === '/healthz') return new Response('ok')
    return env.ROOMS.getByName(pathname.split('/')[1] ?? '').fetch(request)
  },
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= 4000
}

function parse(frame: string | ArrayBuffer): Record<string, unknown> | undefined {
  try {
    return typeof frame === 'string' ? JSON.parse(frame) : undefined
  } catch {
    return undefined
  }
}
