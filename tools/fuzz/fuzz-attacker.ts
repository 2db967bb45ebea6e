import { newCookie } from '../cookie.ts'
import type { Random } from '../random.ts'
import { drawFrame } from './draw-frame.ts'
import type { Known } from './grammar.ts'
import { Broken, learn, parseChecked } from './judge.ts'

/** How many frames a socket sends before it waits for answers. An error quotes the last batch. */
const BATCH = 40

/** An attacker on a real socket, who sends frames of every kind and reconnects after each close. */
export class FuzzAttacker {
  readonly #url: string
  readonly #cookie = newCookie()
  readonly #known: Known
  readonly #broken: (message: string) => void
  #socket: WebSocket
  sent = 0
  closes = 0
  /** The last batch, as it was sent. */
  last: string[] = []

  constructor(url: string, known: Known, broken: (message: string) => void) {
    this.#url = url
    this.#known = known
    this.#broken = broken
    this.#socket = this.#open()
  }

  async send(random: Random, most: number): Promise<void> {
    await this.#ready()
    this.last = []
    for (let n = 0; n < Math.min(BATCH, most); n += 1) {
      if (this.#socket.readyState !== WebSocket.OPEN) return
      const join = { event: 'userJoin', data: { username: `Mal ${this.sent % 7}`, room: this.#known.room } }
      const frame = random.chance(0.1) ? { text: JSON.stringify(join) } : drawFrame(random, this.#known)
      this.last.push(JSON.stringify(frame))
      this.#socket.send('text' in frame ? frame.text : Buffer.from(frame.bytes, 'base64'))
      this.sent += 1
    }
    if (random.chance(0.02)) this.#socket.close()
  }

  close(): void {
    this.#socket.onclose = null
    this.#socket.close()
  }

  async #ready(): Promise<void> {
    if (this.#socket.readyState > WebSocket.OPEN) {
      this.closes += 1
      this.#socket = this.#open()
    }
    const socket = this.#socket
    if (socket.readyState === WebSocket.OPEN) return
    await new Promise((resolve) => {
      socket.addEventListener('open', resolve, { once: true })
      socket.addEventListener('close', resolve, { once: true })
    })
  }

  #open(): WebSocket {
    // Its types have only a browser's options.
    const init = { headers: { cookie: this.#cookie } } as unknown as string[]
    const socket = new WebSocket(this.#url, init)
    socket.onmessage = ({ data }) => {
      const text = String(data)
      if (/^pong \d+$/.test(text)) return
      try {
        for (const event of parseChecked(text)) learn(this.#known, event)
      } catch (fault) {
        if (!(fault instanceof Broken)) throw fault
        this.#broken(`${fault.message}, after ${this.last.join(' ').slice(0, 4_000)}`)
      }
    }
    return socket
  }
}
