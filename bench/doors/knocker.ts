import { Agent, request } from 'node:http'

export type Way = 'facts' | 'upgrade'

/** A stranger whom every room refuses, on a connection that stays open. */
export class Knocker {
  readonly #url: string
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 })
  readonly #cookie = `hallway=${'k'.repeat(43)}`

  constructor(url: string) {
    this.#url = url
  }

  /** Milliseconds until the whole response has arrived. */
  knock(way: Way, room: string): Promise<number> {
    const path = `/api/rooms/${room}${way === 'upgrade' ? '/ws' : ''}`
    const headers = {
      Cookie: this.#cookie,
      ...(way === 'upgrade' ? { Connection: 'Upgrade', Upgrade: 'websocket' } : {}),
    }
    return new Promise((resolve, reject) => {
      const began = performance.now()
      const asked = request(this.#url + path, { agent: this.#agent, headers }, (answer) => {
        if (answer.statusCode !== 404) reject(new Error(`${path} answered ${answer.statusCode}`))
        answer.resume().once('end', () => resolve(performance.now() - began))
      })
      asked.once('upgrade', () => reject(new Error(`${path} let a stranger in`)))
      asked.once('error', reject).end()
    })
  }
}
