import { env } from 'cloudflare:workers'
import { request } from './raw-client.ts'

export const ADMIN_TOKEN = 'a-secret-of-an-operator-for-tests'

/** Sets or removes the operator's secret. */
export function setAdminToken(token: string | undefined): void {
  if (token === undefined) delete env.ADMIN_TOKEN
  else env.ADMIN_TOKEN = token
}

/** Calls the admin API, by default with the operator's secret. */
export function callAdmin(
  method: string,
  path: string,
  more: { body?: object; token?: string | undefined; from?: string } = {},
): Promise<Response> {
  const { body, from } = more
  const token = 'token' in more ? more.token : ADMIN_TOKEN
  const headers = new Headers()
  if (token !== undefined) headers.set('Authorization', `Bearer ${token}`)
  if (from !== undefined) headers.set('CF-Connecting-IP', from)
  if (body === undefined) return request(`/api/admin${path}`, { method, headers })
  headers.set('Content-Type', 'application/json')
  return request(`/api/admin${path}`, { method, headers, body: JSON.stringify(body) })
}
