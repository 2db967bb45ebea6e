import type { Connection } from '../room/connection.ts'
import type { Delivery } from '../room/turn.ts'

/**
 * The room's sockets and what the room knows of each. A connection is kept with its socket as an attachment, so
 * both outlive the object's sleep.
 */
export class Sockets {
  readonly #ctx: DurableObjectState
  readonly #connections = new Map<WebSocket, Connection>()
  readonly #sockets = new Map<Connection, WebSocket>()

  constructor(ctx: DurableObjectState) {
    this.#ctx = ctx
    for (const socket of ctx.getWebSockets()) {
      const connection = socket.deserializeAttachment() as Connection | null
      if (connection !== null) this.#add(socket, connection)
    }
  }

  /** Accepts a new socket in the way that lets the room sleep. */
  accept(socket: WebSocket, connection: Connection): void {
    this.#ctx.acceptWebSocket(socket)
    socket.serializeAttachment(connection)
    this.#add(socket, connection)
  }

  connections(): Iterable<Connection> {
    return this.#sockets.keys()
  }

  connection(socket: WebSocket): Connection | undefined {
    return this.#connections.get(socket)
  }

  /** Sends what is owed. A socket that fails costs nobody else their frames. */
  deliver({ to, frames, close }: Delivery): void {
    const socket = this.#sockets.get(to)
    if (socket === undefined) return
    try {
      for (const frame of frames) socket.send(frame)
      if (close) socket.close(close.code, close.reason)
    } catch {
      // It is gone already: whoever was behind it comes back and resumes.
    }
    if (close) this.remove(socket)
  }

  keep(connection: Connection): void {
    this.#sockets.get(connection)?.serializeAttachment(connection)
  }

  remove(socket: WebSocket): void {
    const connection = this.#connections.get(socket)
    if (connection) this.#sockets.delete(connection)
    this.#connections.delete(socket)
    socket.serializeAttachment(null)
  }

  #add(socket: WebSocket, connection: Connection): void {
    this.#connections.set(socket, connection)
    this.#sockets.set(connection, socket)
  }
}
