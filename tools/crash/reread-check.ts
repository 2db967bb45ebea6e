import { createHash } from 'node:crypto'
import { type RoomContents, readBack } from './read-back.ts'

/** Reads rooms, and checks that a room at rest reads the same each time. */
export class RereadCheck {
  readonly #url: string
  readonly #hashes = new Map<string, string>()

  constructor(url: string) {
    this.#url = url
  }

  async read(room: string): Promise<RoomContents> {
    const contents = await readBack(this.#url, room)
    const hash = createHash('sha256').update(JSON.stringify(contents)).digest('hex')
    if ((this.#hashes.get(room) ?? hash) !== hash) throw new Error(`reread: ${room} has changed`)
    this.#hashes.set(room, hash)
    return contents
  }

  async rereadAll(): Promise<void> {
    for (const room of this.#hashes.keys()) await this.read(room)
  }
}
