import { refuseFastArrivals } from './http/arrival-limit.ts'
import { refuseOtherHosts } from './http/other-hosts.ts'
import { routes } from './http/routes.ts'

export { DeviceTransfer as Handover } from './durable/DeviceTransfer.ts'
export { Directory } from './durable/Directory.ts'
export { Quota } from './durable/Quota.ts'
export { Room } from './durable/room/Room.ts'

export default {
  fetch(request: Request, env: Env, ctx?: ExecutionContext): Response | Promise<Response> {
    return (
      refuseOtherHosts(request, env) ?? refuseFastArrivals(request, env) ?? routes.fetch(request, env, ctx)
    )
  },
}
