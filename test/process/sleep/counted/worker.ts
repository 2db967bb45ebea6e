/** Hallway with counters for everything its rooms do. `/counts` returns them without waking a room. */
import worker, { Room as ProductRoom } from '../../../../src/worker.ts'
import type { Counts } from './counts.ts'

const counts: Counts = {
  constructed: 0,
  requests: 0,
  frames: 0,
  closes: 0,
  errors: 0,
  alarms: 0,
  timers: 0,
  pending: 0,
}

export class Room extends ProductRoom {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    counts.constructed += 1
  }

  override fetch(request: Request): Promise<Response> {
    counts.requests += 1
    return super.fetch(request)
  }

  override webSocketMessage(socket: WebSocket, frame: string | ArrayBuffer): void | Promise<void> {
    counts.frames += 1
    return super.webSocketMessage(socket, frame)
  }

  override webSocketClose(socket: WebSocket, code: number, reason: string): void {
    counts.closes += 1
    return super.webSocketClose(socket, code, reason)
  }

  override webSocketError(socket: WebSocket): void {
    counts.errors += 1
    return super.webSocketError(socket)
  }

  override alarm(): Promise<void> {
    counts.alarms += 1
    return super.alarm()
  }
}

const { setTimeout: set, clearTimeout: clear } = globalThis
const pending = new Set<unknown>()

globalThis.setTimeout = ((run: () => void, ms?: number) => {
  const handle = set(() => {
    pending.delete(handle)
    counts.timers += 1
    run()
  }, ms)
  pending.add(handle)
  return handle
}) as typeof setTimeout

globalThis.clearTimeout = (handle) => {
  pending.delete(handle)
  clear(handle)
}

export default {
  fetch(request: Request, env: Env, ctx: ExecutionContext): Response | Promise<Response> {
    if (new URL(request.url).pathname !== '/counts') return worker.fetch(request, env, ctx)
    return Response.json({ ...counts, pending: pending.size })
  },
}
