import type { MiddlewareHandler } from 'hono'
import { securityHeaders, transportSecurity } from '../../protocol/headers.ts'
import type { HttpEnv } from '../http-env.ts'

/** Sets the security headers and the request's id on every response. A route can set a policy of its own. */
export const responseHeaders: MiddlewareHandler<HttpEnv> = async (c, next) => {
  await next()
  const { headers } = c.res
  for (const [name, value] of Object.entries(commonHeaders(c.req.raw, c.get('requestId'))))
    headers.set(name, value)
  const policy = c.get('policy')
  if (policy !== undefined) headers.set('Content-Security-Policy', policy)
}

export function commonHeaders({ url }: Request, requestId: string): Record<string, string> {
  const secure = url.startsWith('https:') ? transportSecurity : {}
  return { ...securityHeaders, ...secure, 'X-Request-Id': requestId }
}
