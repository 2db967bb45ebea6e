/** A private room and an invite-only room, each with a person and a message. */
export async function closedRooms(url: string): Promise<Record<string, string>> {
  const ann = await newCookie(url)
  const home = await Guest.enter(url, { room: 'hall', username: 'Ann', cookie: ann })
  await Guest.enter(url, { room: 'hall', username: 'Ben', cookie: await newCookie(url) })
  home.send('newRoom', { username2: 'Ben' })
  const { room: pair } = await home.next<{ room: string }>('newRoom')
  const made = await fetch(`${url}/api/rooms`, { method: 'POST', headers: { cookie: ann } })
  const { room: invite } = (await made.json()) as { room: string }
  const set = await fetch(`${url}/api/rooms/${invite}`, {
    method: 'PATCH',
    headers: { cookie: ann, 'content-type': 'application/json' },
    body: '{"access":"invite"}',
  })
  if (!set.ok) throw new Error(await set.text())
  for (const room of [pair, invite]) {
    const inside = await Guest.enter(url, { room, username: 'Ann', cookie: ann })
    inside.send('updateChat', { body: 'hello', id: 'hello', room })
    await inside.next('ack')
  }
  return { private: pair, 'invite-only': invite }
}

/** The cookie that the server gives a new browser. */
async function newCookie(url: string): Promise<string> {
  const { headers } = await fetch(`${url}/api/session`, { method: 'POST' })
  return headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

interface Heard {
  event: string
  data: unknown
}

class Guest {
  readonly #socket: WebSocket
  readonly #heard: Heard[] = []
  #wake = () => {}

  constructor(socket: WebSocket) {
    this.#socket = socket
    socket.onmessage = ({ data }) => {
      this.#heard.push(...[JSON.parse(String(data))].flat())
      this.#wake()
    }
  }

  static async enter(url: string, who: { room: string; username: string; cookie: string }): Promise<Guest> {
    const { room, username, cookie } = who
    const socket = new WebSocket(`${url.replace('http', 'ws')}/api/rooms/${room}/ws`, { headers: { cookie } })
    const guest = new Guest(socket)
    await new Promise((resolve, reject) => {
      socket.onopen = resolve
      socket.onerror = () => reject(new Error(`Could not join ${room}`))
    })
    guest.send('userJoin', { username, room })
    await guest.next('joined')
    return guest
  }

  send(event: string, data: object): void {
    this.#socket.send(JSON.stringify({ event, data }))
  }

  async next<T>(event: string): Promise<T> {
    for (;;) {
      const found = this.#heard.find((one) => one.event === event)
      if (found) return found.data as T
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }
}
