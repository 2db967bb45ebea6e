import { newCookie, Raw, request } from './raw-client.ts'

export interface Told {
  status: number
  /** `yes`, or the code of the refusal. */
  answer: string
  // biome-ignore lint/suspicious/noExplicitAny: raw JSON, looked at by hand
  body: any
}

/** A call of the API of rooms as whoever has this cookie. */
export async function call(
  cookie: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Told> {
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
  const told = text === '' ? undefined : JSON.parse(text)
  return { status: response.status, answer: response.status < 400 ? 'yes' : told.code, body: told }
}

/** The same, where there is nothing to be refused. */
export async function must(cookie: string, method: string, path: string, body?: unknown) {
  const told = await call(cookie, method, path, body)
  if (told.answer !== 'yes') throw new Error(`${method} ${path}: ${told.answer}`)
  return told.body
}

/** A room of Ann's, who is in it. */
export async function ownedRoom(access: 'open' | 'invite' = 'open') {
  const cookie = newCookie()
  const { room } = await must(cookie, 'POST', '')
  const owner = await Raw.join(room, 'Ann', cookie)
  if (access === 'invite') await must(cookie, 'PATCH', `/${room}`, { access })
  return { room, owner }
}

/** The secret of a new link into a room. */
export async function secretOf(owner: Raw, more: object = {}): Promise<string> {
  const { url } = await must(owner.cookie, 'POST', `/${owner.room}/links`, { role: 'member', ...more })
  return url.split('#k=')[1]
}

export function byOf(raw: Raw): string {
  return raw.frames.find(({ event }) => event === 'joined')?.data.by
}
