import { fieldsOf, textOf } from '../lib/parse-unknown.ts'

/** Asks for the token of an identity that the browser keeps no cookie of; undefined where none came. */
export async function askToken(signal: AbortSignal): Promise<string | undefined> {
  try {
    const headers = { Accept: 'application/json' }
    const answer = await fetch('/api/session', { method: 'POST', headers, signal })
    return textOf(fieldsOf(await answer.json())?.token)
  } catch {
    return undefined
  }
}
