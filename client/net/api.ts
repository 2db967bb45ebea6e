import { parseRoomFacts, type RoomFacts } from '../../src/protocol/room-facts.ts'
import { type Fields, fieldsOf, textOf } from '../lib/parse-unknown.ts'

export interface ApiProblem {
  code: string
  message: string
}
/** Undefined if the server could not be reached or its answer was unreadable. */
export type FactsAnswer =
  | { kind: 'facts'; facts: RoomFacts }
  | { kind: 'problem'; problem: ApiProblem }
  | undefined

/** A browser may wait minutes for the answer of a lost connection. */
const SESSION_MS = 10_000

let sessionAsked: Promise<boolean> | undefined

/** Asks once for the cookie, so that parallel first requests do not create two people; again only after a failure. */
export async function ensureSession(): Promise<boolean> {
  sessionAsked ??= askSession()
  const ok = await sessionAsked
  if (!ok) sessionAsked = undefined
  return ok
}

async function askSession(): Promise<boolean> {
  const waiting = new AbortController()
  const timer = setTimeout(() => waiting.abort(), SESSION_MS)
  const { signal } = waiting
  const answer = await fetch('/api/session', { method: 'POST', signal }).catch(() => undefined)
  clearTimeout(timer)
  return answer?.ok ?? false
}

export async function askFacts(room: string): Promise<FactsAnswer> {
  const answer = await ask(`/api/rooms/${room}`, 'GET')
  if (!answer) return undefined
  if (answer.ok) return { kind: 'facts', facts: parseRoomFacts(answer.body) }
  const code = textOf(answer.body.code)
  if (code === undefined) return undefined
  return {
    kind: 'problem',
    problem: { code, message: textOf(answer.body.detail) ?? textOf(answer.body.title) ?? code },
  }
}

/** Makes a room with a generated id and answers its name, or undefined on failure. */
export async function makeRoom(): Promise<string | undefined> {
  const answer = await ask('/api/rooms', 'POST')
  return answer?.ok ? textOf(answer.body.room) : undefined
}

/** Calls the API under this browser's identity; undefined if it could not be reached. */
export async function ask(
  path: string,
  method: string,
  what?: unknown,
): Promise<{ ok: boolean; body: Fields } | undefined> {
  try {
    await ensureSession()
    const sent = { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(what) }
    const answer = await fetch(path, { method, ...(what === undefined ? {} : sent) })
    const body = answer.status === 204 ? {} : fieldsOf(await answer.json())
    return body && { ok: answer.ok, body }
  } catch {
    return undefined
  }
}
