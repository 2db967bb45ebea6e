import { fieldsOf, textOf } from '../lib/parse-unknown.ts'
import type { ShownIdentity } from './api.ts'

/** Gets the token of an identity that the browser keeps no cookie of, and shows it from now on; false if none came. */
export async function showToken(identity: ShownIdentity, signal: AbortSignal): Promise<boolean> {
  const headers = { Accept: 'application/json' }
  const answer = await fetch('/api/session', { method: 'POST', headers, signal })
  const token = textOf(fieldsOf(await answer.json())?.token)
  if (token === undefined) return false
  identity.headers = { Authorization: `Bearer ${token}` }
  identity.protocols = ['hallway', `session.${token}`]
  return true
}
