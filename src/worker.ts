import { turnAway } from './http/arrivals.ts'
import { routes } from './http/routes.ts'

export { Directory } from './durable/Directory.ts'
export { Handover } from './durable/Handover.ts'
export { Quota } from './durable/Quota.ts'
export { Room } from './durable/Room.ts'

export default {
  fetch(request: Request, env: Env, ctx?: ExecutionContext): Response | Promise<Response> {
    return turnAway(request, env) ?? routes.fetch(request, env, ctx)
  },
}
