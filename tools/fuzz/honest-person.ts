import type { Connection } from '../../src/room/state/connection.ts'
import { Broken, type ReceivedEvent } from './judge.ts'

interface Who {
  username: string
  room: string
  /** The ids of the honest people, which they share once joined. */
  friends: Set<string>
}

/** A person who keeps to the protocol, and must notice nothing of the attackers' frames. */
export class HonestPerson<Socket = Connection> {
  readonly username: string
  /** The honest people's messages, as `id at seq`, in the order of arrival. */
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

  get hasJoined(): boolean {
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

  /** The answer to a frame, if it needs one. */
  receive({ event, data }: ReceivedEvent): string | undefined {
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
      throw new Broken(`honest: ${own} received ${seq} after ${this.#cursor}, which is ${id}`)
    this.#cursor = seq
    // Attackers' reactions to a message, and their own changes with its id, do not count.
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
