import { parseRoomFacts, type RoomFacts } from '../../src/protocol/room-facts.ts'
import { type Fields, fieldsOf, numberOf, textOf } from '../lib/parse-unknown.ts'

export interface ApiProblem {
  code: string
  message: string
  /** When to try again, in ms. */
  retryAfter?: number
  /** When the server's day ends, if that is used up, in ms by its clock. */
  until?: number
}
/** Undefined if the server could not be reached or its answer was unreadable. */
export type FactsAnswer =
  | { kind: 'facts'; facts: RoomFacts }
  | { kind: 'problem'; problem: ApiProblem }
  | undefined

/** A browser may wait minutes for the answer of a lost connection. */
const SESSION_MS = 10_000

/**
 * Hallway refuses with a code of its own. Once its requests of a day are used up, the platform answers for it: always with
 * 429 and the number 1027, as a page, a line of text or JSON.
 */
const USED_UP = { code: 'unavailable', retryAfter: 5 * 60_000 }

/** How an identity is shown that the browser keeps no cookie of: it lasts as long as the page. */
export interface ShownIdentity {
  headers?: HeadersInit
  protocols?: string[]
}
export const identity: ShownIdentity = {}

let sessionAsked: Promise<boolean> | undefined

/** Asks once for the cookie, so that parallel first requests do not create two people; again only after a failure. */
export async function ensureSession(): Promise<boolean> {
  sessionAsked ??= askSession()
  const ok = await sessionAsked
  if (!ok) sessionAsked = undefined
  return ok
}

async function askSession(): Promise<boolean> {
  const signal = AbortSignal.timeout(SESSION_MS)
  try {
    if (!keepsCookies()) return await (await import('./cookieless.ts')).showToken(identity, signal)
    return (await fetch('/api/session', { method: 'POST', signal })).ok
  } catch {
    return false
  }
}

/** `navigator.cookieEnabled` does not tell: some browsers that block cookies say yes. */
function keepsCookies(): boolean {
  try {
    Reflect.set(document, 'cookie', 'kept=1;max-age=1')
    return document.cookie !== ''
  } catch {
    return false
  }
}

export async function askFacts(room: string): Promise<FactsAnswer> {
  const answer = await ask(`/api/rooms/${room}`, 'GET')
  if (!answer) return undefined
  if (answer.ok) return { kind: 'facts', facts: parseRoomFacts(answer.body) }
  const problem = problemOf(answer.body)
  return problem && { kind: 'problem', problem }
}

/** Makes a room with a generated id. Answers its name, or why there is none, if that is known. */
export async function makeRoom(): Promise<{ room?: string | undefined; problem?: ApiProblem | undefined }> {
  const answer = await ask('/api/rooms', 'POST')
  if (answer === undefined) return {}
  return answer.ok ? { room: textOf(answer.body.room) } : { problem: problemOf(answer.body) }
}

function problemOf(body: Fields): ApiProblem | undefined {
  const code = textOf(body.code)
  if (code === undefined) return undefined
  const [retryAfter, until] = [numberOf(body.retryAfter), numberOf(body.until)]
  return {
    code,
    message: textOf(body.detail) ?? textOf(body.title) ?? code,
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(until === undefined ? {} : { until }),
  }
}

/** Calls the API under this browser's identity; undefined if it could not be reached. */
export async function ask(
  path: string,
  method: string,
  what?: unknown,
): Promise<{ ok: boolean; body: Fields } | undefined> {
  try {
    await ensureSession()
    const headers = { 'Content-Type': 'application/json', ...identity.headers }
    const answer = await fetch(path, { method, headers, body: JSON.stringify(what) })
    const body = answer.status === 204 ? {} : fieldsOf(await answer.json().catch(() => undefined))
    if (answer.status === 429 && !body?.code) return { ok: false, body: USED_UP }
    return body && { ok: answer.ok, body }
  } catch {
    return undefined
  }
}
