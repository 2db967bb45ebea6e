import { randomBytes } from 'node:crypto'

/** The options of Node's WebSocket that browsers lack. */
type Headers = { headers: Record<string, string> }

interface ServerFrame {
  event: string
  data: { code?: string; retryAfter?: number; id?: string; room?: string; epoch?: string }
}

const PATIENCE_MS = 10_000
let ids = 0

/** Someone with a new cookie at an address. Without an address nothing is counted for a network. */
export class BenchPerson {
  readonly name = `p${++ids}`
  readonly #url: string
  readonly #headers: Record<string, string>
  #socket: WebSocket | undefined
  #wanted: ((frame: ServerFrame | undefined) => boolean)[] = []
  room = ''
  refusals = 0

  constructor(url: string, address?: string) {
    this.#url = url
    const cookie = `hallway=${randomBytes(32).toString('base64url')}`
    this.#headers = address === undefined ? { cookie } : { cookie, 'CF-Connecting-IP': address }
  }

  async call(path: string, method = 'GET', body?: object): Promise<{ status: number; json: unknown }> {
    const headers = body ? { ...this.#headers, 'Content-Type': 'application/json' } : this.#headers
    const answer = await fetch(this.#url + path, { method, headers, body: body && JSON.stringify(body) })
    const text = await answer.text()
    if (answer.status === 429) this.refusals += 1
    return { status: answer.status, json: text.startsWith('{') ? JSON.parse(text) : undefined }
  }

  /** Joins a room, and answers whether that was allowed. */
  async join(
    room: string,
    more: object = {},
    told: (joined: ServerFrame['data']) => void = () => {},
  ): Promise<boolean> {
    this.room = room
    const options: Headers = { headers: this.#headers }
    const socket = new WebSocket(`${this.#url.replace('http', 'ws')}/api/rooms/${room}/ws`, options as never)
    this.#socket = socket
    const opened = await new Promise<boolean>((resolve) => {
      socket.onopen = () => resolve(true)
      socket.onerror = () => resolve(false)
    })
    if (!opened) {
      this.refusals += 1
      return false
    }
    socket.onmessage = ({ data }) => {
      if (String(data).startsWith('pong')) return
      for (const frame of [JSON.parse(String(data))].flat()) this.#hear(frame)
    }
    socket.onclose = () => this.#hear(undefined)
    return this.ask('userJoin', { username: this.name, ...more }, ({ event, data }) => {
      if (event === 'joined') told(data)
      return event === 'joined'
    })
  }

  /** Says something, and answers whether it is stored. */
  say(body: string): Promise<boolean> {
    const id = `i${++ids}`
    return this.ask('updateChat', { body, id }, ({ event, data }) => event !== 'error' && data.id === id)
  }

  /** Sends a frame, and answers whether what is wanted came, and no refusal. */
  ask(event: string, data: object, wanted: (frame: ServerFrame) => boolean): Promise<boolean> {
    if (this.#socket?.readyState !== WebSocket.OPEN) return Promise.resolve(false)
    this.send(event, data)
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), PATIENCE_MS)
      this.#wanted.push((frame) => {
        const isOver = frame === undefined || frame.event === 'error' || wanted(frame)
        if (!isOver) return false
        clearTimeout(timer)
        resolve(frame !== undefined && frame.event !== 'error')
        return true
      })
    })
  }

  send(event: string, data: object): void {
    if (this.#socket?.readyState === WebSocket.OPEN)
      this.#socket.send(JSON.stringify({ event, data: { room: this.room, ...data } }))
  }

  async leave(): Promise<void> {
    const socket = this.#socket
    if (socket === undefined || socket.readyState === WebSocket.CLOSED) return
    const closed = new Promise((resolve) => socket.addEventListener('close', resolve))
    socket.close()
    await closed
  }

  #hear(frame: ServerFrame | undefined): void {
    if (frame?.data.code === 'rate-limited') this.refusals += 1
    this.#wanted = this.#wanted.filter((isWanted) => !isWanted(frame))
  }
}
