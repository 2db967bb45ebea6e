import { env } from 'cloudflare:workers'
import { request } from './raw-client.ts'

export const TOKEN = 'a-secret-of-an-operator-for-tests'

/** Gives this Hallway an operator, or takes it away. */
export function operate(token: string | undefined): void {
  if (token === undefined) delete env.ADMIN_TOKEN
  else env.ADMIN_TOKEN = token
}

/** A call of the admin API with the operator's secret, unless told otherwise. */
export function ask(
  method: string,
  path: string,
  more: { body?: object; token?: string | undefined; from?: string } = {},
): Promise<Response> {
  const { body, from } = more
  const token = 'token' in more ? more.token : TOKEN
  const headers = new Headers()
  if (token !== undefined) headers.set('Authorization', `Bearer ${token}`)
  if (from !== undefined) headers.set('CF-Connecting-IP', from)
  if (body === undefined) return request(`/api/admin${path}`, { method, headers })
  headers.set('Content-Type', 'application/json')
  return request(`/api/admin${path}`, { method, headers, body: JSON.stringify(body) })
}
