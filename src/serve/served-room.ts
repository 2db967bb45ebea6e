import { Room } from '../durable/room/Room.ts'
import { CLOSE } from '../protocol/error-rules.ts'

/** How many open sockets each room has. All rooms share this isolate. */
const sockets = new Map<string, number>()

export function roomsWithSockets(): string[] {
  return [...sockets.keys()]
}

/** A room that is told when the server stops. */
export class ServedRoom extends Room {
  override async fetch(request: Request): Promise<Response> {
    const response = await super.fetch(request)
    if (response.webSocket) this.#count(1)
    return response
  }

  override webSocketClose(socket: WebSocket, code: number, reason: string): void {
    this.#count(-1)
    super.webSocketClose(socket, code, reason)
  }

  /** A socket that broke the protocol has no close. */
  override webSocketError(socket: WebSocket): void {
    this.#count(-1)
    super.webSocketError(socket)
  }

  restart(): void {
    for (const socket of this.ctx.getWebSockets()) socket.close(CLOSE.restart, 'restart')
  }

  #count(change: number): void {
    const name = this.ctx.id.name ?? ''
    const count = (sockets.get(name) ?? 0) + change
    if (count > 0) sockets.set(name, count)
    else sockets.delete(name)
  }
}
