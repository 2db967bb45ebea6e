import { CLOSE } from '../protocol/errors.ts'
import type { Connection } from '../room/connection.ts'
import { isGhost, type SignsOfLife } from '../room/silence.ts'
import type { Delivery } from '../room/turn.ts'

/**
 * The room's sockets and what the room knows of each. A connection is kept with its socket as an attachment, so
 * both outlive the object's sleep.
 */
export class Sockets {
  readonly #ctx: DurableObjectState
  readonly #connections = new Map<WebSocket, Connection>()
  readonly #sockets = new Map<Connection, WebSocket>()
  /** When each socket last brought a frame: since the room woke. */
  readonly #heardAt = new WeakMap<WebSocket, number>()

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

  /** Takes back one that closed while the room slept: the platform does not count it among the room's any more. */
  revive(socket: WebSocket): Connection | undefined {
    const connection = socket.deserializeAttachment() as Connection | null
    if (connection === null) return undefined
    this.#add(socket, connection)
    return connection
  }

  connection(socket: WebSocket): Connection | undefined {
    return this.#connections.get(socket)
  }

  /** A frame came from it. */
  hear(socket: WebSocket, now: number): void {
    this.#heardAt.set(socket, now)
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

  /**
   * Lets go of the sockets that are dead although no close event came (https://github.com/cloudflare/workerd/issues/1187):
   * those that say so themselves, and those whose heartbeat, which is answered while the room sleeps, has stopped.
   */
  bury(now: number): Connection[] {
    const ghosts: Connection[] = []
    for (const [socket, connection] of this.#connections) {
      if (!isGhost(this.#signsOfLife(socket), now)) continue
      ghosts.push(connection)
      this.remove(socket)
      try {
        socket.close(CLOSE.silent, 'silent')
      } catch {
        // It was closed already.
      }
    }
    return ghosts
  }

  #signsOfLife(socket: WebSocket): SignsOfLife {
    return {
      isOpen: socket.readyState === WebSocket.OPEN,
      heartbeat: this.#ctx.getWebSocketAutoResponseTimestamp(socket)?.getTime(),
      frame: this.#heardAt.get(socket),
    }
  }

  #add(socket: WebSocket, connection: Connection): void {
    this.#connections.set(socket, connection)
    this.#sockets.set(connection, socket)
  }
}
