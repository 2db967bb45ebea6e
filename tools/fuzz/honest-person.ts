import type { Connection } from '../../src/room/state/connection.ts'
import { Broken, type Heard } from './judge.ts'

interface Who {
  username: string
  room: string
  /** What the room calls those who are honest, once they are in: all of them share it. */
  friends: Set<string>
}

/** Someone who came to talk, keeps to the protocol, and is to notice nothing of what others send. */
export class HonestPerson<Socket = Connection> {
  readonly username: string
  /** Those things that honest people said, as `id at seq`, in the order in which they were told. */
  readonly log: string[] = []
  connection: Socket
  readonly #who: Who
  readonly #waiting = new Set<string>()
  #sent = 0
  #cursor: number | undefined

  constructor(who: Who, connection: Socket) {
    this.#who = who
    this.username = who.username
    this.connection = connection
  }

  get isIn(): boolean {
    return this.#cursor !== undefined
  }

  get isAnswered(): boolean {
    return this.#waiting.size === 0
  }

  join(): string {
    const { username, room } = this.#who
    return JSON.stringify({ event: 'userJoin', data: { username, room } })
  }

  speak(): string {
    const { username, room } = this.#who
    const id = `honest-${username}-${++this.#sent}`
    this.#waiting.add(id)
    return JSON.stringify({ event: 'updateChat', data: { id, body: `${username} says ${this.#sent}`, room } })
  }

  /** What is to be answered, if anything is. */
  hear({ event, data }: Heard): string | undefined {
    const { id, seq } = data
    if (event === 'sync') return JSON.stringify({ event, data: { seq: this.#cursor ?? 0 } })
    if (event === 'error') throw new Broken(`honest: ${this.username} was refused: ${data.code}`)
    if (event === 'joined') {
      this.#cursor = Number(seq)
      this.#who.friends.add(String(data.by))
    } else if (typeof id === 'string' && typeof seq === 'number') this.#read(id, seq, data)
    return undefined
  }

  checkAnswered(): void {
    const [lost] = this.#waiting
    if (lost !== undefined) throw new Broken(`honest: ${lost} was never answered`)
  }

  #read(id: string, seq: number, { by, username, body }: Record<string, unknown>): void {
    const { username: own, friends } = this.#who
    if (seq !== (this.#cursor ?? 0) + 1)
      throw new Broken(`honest: ${own} was told ${seq} after ${this.#cursor}, which is ${id}`)
    this.#cursor = seq
    // An attacker may react to a message, or use its id for a change of their own: neither counts.
    const isHonest = by === undefined || friends.has(String(by))
    if (!isHonest) return
    const [, author, count] = id.split('-')
    if (by !== undefined && username !== author) throw new Broken(`honest: ${id} comes from ${username}`)
    if (body !== undefined && body !== `${author} says ${count}`)
      throw new Broken(`honest: ${id} says ${body}`)
    this.log.push(`${id} at ${seq}`)
    this.#waiting.delete(id)
  }
}
