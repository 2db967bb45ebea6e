import { newCookie, RawClient, request } from './raw-client.ts'

export interface ApiResult {
  status: number
  /** `yes`, or the code of the refusal. */
  answer: string
  // biome-ignore lint/suspicious/noExplicitAny: raw JSON, looked at by hand
  body: any
}

/** Calls the API of rooms with this cookie. */
export async function call(
  cookie: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<ApiResult> {
  const init = body === undefined ? {} : { body: JSON.stringify(body) }
  const response = await request(`/api/rooms${path}`, {
    method,
    headers: { Cookie: cookie, 'Content-Type': 'application/json', ...headers },
    ...init,
  })
  if (response.webSocket !== null) {
    response.webSocket.accept()
    response.webSocket.close()
    return { status: response.status, answer: 'yes', body: undefined }
  }
  const text = await response.text()
  const json = text === '' ? undefined : JSON.parse(text)
  return { status: response.status, answer: response.status < 400 ? 'yes' : json.code, body: json }
}

/** The same, but throws on a refusal. */
export async function callOk(cookie: string, method: string, path: string, body?: unknown) {
  const result = await call(cookie, method, path, body)
  if (result.answer !== 'yes') throw new Error(`${method} ${path}: ${result.answer}`)
  return result.body
}

/** A room that Ann owns and has joined. */
export async function ownedRoom(access: 'open' | 'invite' = 'open') {
  const cookie = newCookie()
  const { room } = await callOk(cookie, 'POST', '')
  const owner = await RawClient.join(room, 'Ann', cookie)
  if (access === 'invite') await callOk(cookie, 'PATCH', `/${room}`, { access })
  return { room, owner }
}

/** The secret of a new link into a room. */
export async function secretOf(owner: RawClient, more: object = {}): Promise<string> {
  const { url } = await callOk(owner.cookie, 'POST', `/${owner.room}/links`, { role: 'member', ...more })
  return url.split('#k=')[1]
}

export function personIdOf(raw: RawClient): string {
  return raw.frames.find(({ event }) => event === 'joined')?.data.by
}
