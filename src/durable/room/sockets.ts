import type { Usage } from '../../platform/billing/usage.ts'
import { CLOSE } from '../../protocol/error-rules.ts'
import { type Connection, setBack } from '../../room/state/connection.ts'
import type { SignsOfLife } from '../../room/state/liveness.ts'
import type { Delivery } from '../../room/state/outgoing.ts'
import { type Unread, unreadOf } from '../../room/state/unread-output.ts'
import { closedAttachment, openAttachment, readAttachment, UNREADABLE } from './attachment.ts'

/**
 * The sockets of a room, each with its connection. The connection is the attachment of its socket, so both outlive the
 * sleep of the object.
 */
export class Sockets {
  readonly #ctx: DurableObjectState
  readonly #connections = new Map<WebSocket, Connection>()
  readonly #sockets = new Map<Connection, WebSocket>()
  /** The sockets that the room closed, until their connections end. */
  readonly #closed = new Map<WebSocket, Unread>()
  /** When each socket last sent a frame, since the room woke. */
  readonly #heardAt = new WeakMap<WebSocket, number>()
  /** The newest `seq` that heartbeats are answered with. */
  #announced = -1
  #carrier: WebSocket | undefined
  #carried: Usage | undefined

  constructor(ctx: DurableObjectState) {
    this.#ctx = ctx
    for (const socket of ctx.getWebSockets()) this.revive(socket)
  }

  get size(): number {
    return this.#connections.size
  }

  /** The usage counts that a socket carried through the room's sleep. */
  get carried(): Usage | undefined {
    return this.#carried
  }

  /** Has a socket carry the usage counts, and answers whether there is a socket. */
  carry(usage: Usage): boolean {
    this.#carried = usage
    if (this.#carrier === undefined) [this.#carrier] = this.#connections.keys()
    const connection = this.#carrier && this.#connections.get(this.#carrier)
    if (connection) this.keep(connection)
    return connection !== undefined
  }

  /** Accepts a new socket through the hibernation API. */
  accept(socket: WebSocket, connection: Connection): void {
    this.#ctx.acceptWebSocket(socket)
    socket.serializeAttachment(openAttachment(connection, undefined))
    this.#add(socket, connection)
  }

  connections(): Iterable<Connection> {
    return this.#sockets.keys()
  }

  unread(): Iterable<Unread> {
    return this.#closed.values()
  }

  /** The connection of a socket has ended. Answers what it held if the room had closed it. */
  ended(socket: WebSocket): Unread | undefined {
    const unread = this.#closed.get(socket)
    this.#closed.delete(socket)
    return unread
  }

  /** The connections, each set back to its attachment. */
  outlived(): Iterable<Connection> {
    for (const [socket, connection] of this.#connections) {
      const attachment = readAttachment(socket.deserializeAttachment())
      if (typeof attachment === 'object' && 'connection' in attachment)
        setBack(connection, attachment.connection)
    }
    return this.connections()
  }

  /**
   * Restores a socket and its connection after the room slept. The platform does not list a socket that closed
   * meanwhile. If another version left there what this one does not understand, the client is to reconnect.
   */
  revive(socket: WebSocket): Connection | undefined {
    const attachment = readAttachment(socket.deserializeAttachment())
    if (attachment === undefined) return undefined
    if (attachment === UNREADABLE) {
      socket.serializeAttachment(null)
      close(socket, CLOSE.restart, 'restart')
      return undefined
    }
    if ('bytes' in attachment) {
      if (!this.#closed.has(socket)) this.#closed.set(socket, attachment)
      return undefined
    }
    const { carried, connection } = attachment
    this.#add(socket, connection)
    if (carried !== undefined) {
      this.#carrier ??= socket
      this.#carried = carried
    }
    return connection
  }

  connection(socket: WebSocket): Connection | undefined {
    return this.#connections.get(socket)
  }

  /** A socket has sent a frame. */
  hear(socket: WebSocket, now: number): void {
    this.#heardAt.set(socket, now)
  }

  /** Sends the frames of a delivery. A socket that fails affects nobody else. */
  deliver({ to, frames, close, unread }: Delivery): void {
    const socket = this.#sockets.get(to)
    if (socket === undefined) return
    try {
      for (const frame of frames) socket.send(frame)
      if (close) socket.close(close.code, close.reason)
    } catch {
      // The socket is dead already. Its client reconnects and resumes.
    }
    if (close) this.remove(socket, unread)
  }

  keep(connection: Connection): void {
    const socket = this.#sockets.get(connection)
    const carried = socket === this.#carrier ? this.#carried : undefined
    socket?.serializeAttachment(openAttachment(connection, carried))
  }

  /** Forgets a socket, but not what it holds if the room has closed it. */
  remove(socket: WebSocket, unread?: Unread): void {
    const connection = this.#connections.get(socket)
    if (connection) this.#sockets.delete(connection)
    this.#connections.delete(socket)
    if (socket === this.#carrier) this.#carrier = undefined
    if (unread) this.#closed.set(socket, unread)
    socket.serializeAttachment(unread ? closedAttachment(unread) : null)
  }

  /** Closes and forgets all sockets, but not what they hold. */
  closeAll(code: number, reason: string): void {
    for (const [socket, connection] of this.#connections) {
      this.remove(socket, unreadOf(connection))
      close(socket, code, reason)
    }
  }

  /**
   * A socket can die without a close event (https://github.com/cloudflare/workerd/issues/1187). The heartbeat is answered
   * while the room sleeps, so the platform alone knows when it last came.
   */
  signsOfLife(connection: Connection): SignsOfLife | undefined {
    const socket = this.#sockets.get(connection)
    return (
      socket && {
        isOpen: socket.readyState === WebSocket.OPEN,
        heartbeat: this.#ctx.getWebSocketAutoResponseTimestamp(socket)?.getTime(),
        frame: this.#heardAt.get(socket),
      }
    )
  }

  /** Has the platform answer heartbeats with this `seq` while the room sleeps. */
  announce(seq: number): void {
    if (seq === this.#announced) return
    this.#announced = seq
    this.#ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', this.pong))
  }

  get pong(): string {
    return `pong ${this.#announced}`
  }

  #add(socket: WebSocket, connection: Connection): void {
    this.#connections.set(socket, connection)
    this.#sockets.set(connection, socket)
  }
}

function close(socket: WebSocket, code: number, reason: string): void {
  try {
    socket.close(code, reason)
  } catch {
    // Closed already.
  }
}
