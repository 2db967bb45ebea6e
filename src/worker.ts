import { refuseFastArrivals } from './http/arrival-limit.ts'
import { routes } from './http/routes.ts'

export { DeviceTransfer as Handover } from './durable/DeviceTransfer.ts'
export { Directory } from './durable/Directory.ts'
export { Quota } from './durable/Quota.ts'
export { Room } from './durable/room/Room.ts'

export default {
  fetch(request: Request, env: Env, ctx?: ExecutionContext): Response | Promise<Response> {
    return refuseFastArrivals(request, env) ?? routes.fetch(request, env, ctx)
  },
}
