import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Samples } from '../load/samples.ts'

/** The options of Node's WebSocket that browsers lack. */
type Headers = { headers: Record<string, string> }

/** Opens a socket as a new person at `address`. */
export function openSocket(url: string, room: string, address: string): WebSocket {
  const cookie = `hallway=${randomBytes(32).toString('base64url')}`
  const options: Headers = { headers: { cookie, 'CF-Connecting-IP': address } }
  return new WebSocket(`${url.replace('http', 'ws')}/api/rooms/${room}/ws`, options as never)
}

export function frame(event: string, data: object): string {
  return JSON.stringify({ event, data })
}

const HONEST = 20
const EVERY_MS = 500
const MESSAGE = /"body":"(\d+) (\d+) (\d+\.\d+)"/g

export interface Phase {
  sent: number
  heard: number
  /** Messages that a person missed, summed over all people. */
  lost: number
  closed: number
  p50: number
  p99: number
}

/** People at separate addresses, each of whom sends two messages a second. */
export class HonestPeople {
  readonly #sockets: WebSocket[] = []
  #latency = new Samples()
  #heard = 0
  #sent = 0
  #closed = 0

  static async enter(url: string, room: string): Promise<HonestPeople> {
    const people = new HonestPeople()
    for (let who = 0; who < HONEST; who++) await people.#enter(url, room, who)
    return people
  }

  /** Talks until the promise settles, and returns the figures. */
  async talk(room: string, until: Promise<unknown>): Promise<Phase> {
    this.#latency = new Samples()
    const before = { heard: this.#heard, sent: this.#sent, closed: this.#closed }
    let isOver = false
    until.then(() => {
      isOver = true
    })
    for (let due = performance.now(), turn = 0; !isOver; due += EVERY_MS / HONEST, turn++) {
      await sleep(Math.max(0, due - performance.now()))
      const who = turn % HONEST
      const body = `${who} ${this.#sent++} ${due.toFixed(3)}`
      this.#sockets[who]?.send(frame('updateChat', { room, body }))
    }
    // Messages in flight still arrive.
    await sleep(2_000)
    const sent = this.#sent - before.sent
    const heard = this.#heard - before.heard
    return {
      sent,
      heard,
      lost: sent * (HONEST - 1) - heard,
      closed: this.#closed - before.closed,
      p50: this.#latency.percentile(0.5),
      p99: this.#latency.percentile(0.99),
    }
  }

  leave(): void {
    for (const socket of this.#sockets) socket.close()
  }

  #enter(url: string, room: string, who: number): Promise<void> {
    const socket = openSocket(url, room, `198.51.100.${who + 1}`)
    this.#sockets.push(socket)
    return new Promise((resolve, reject) => {
      socket.onopen = () => socket.send(frame('userJoin', { room, username: `honest-${who}` }))
      socket.onerror = () => reject(new Error('An honest person could not join'))
      socket.onclose = () => {
        this.#closed += 1
      }
      socket.onmessage = ({ data }) => {
        const text = String(data)
        if (text.includes('"joined"')) return resolve()
        if (text.includes('"sync"')) socket.send(frame('sync', { seq: 0 }))
        this.#hear(text, who)
      }
    })
  }

  #hear(text: string, listener: number): void {
    const now = performance.now()
    for (const [, speaker, , due] of text.matchAll(MESSAGE)) {
      // A frame with several changes includes the speaker's own.
      if (Number(speaker) === listener) continue
      this.#heard += 1
      if (this.#latency.wants()) this.#latency.add(now - Number(due))
    }
  }
}
