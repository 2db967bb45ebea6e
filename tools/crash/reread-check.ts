import { createHash } from 'node:crypto'
import { readBack, type Told } from './read-back.ts'

/** Reads rooms, and sees to it that one at rest reads the same whenever it is read again. */
export class Readings {
  readonly #url: string
  readonly #hashes = new Map<string, string>()

  constructor(url: string) {
    this.#url = url
  }

  async read(room: string): Promise<Told> {
    const told = await readBack(this.#url, room)
    const hash = createHash('sha256').update(JSON.stringify(told)).digest('hex')
    if ((this.#hashes.get(room) ?? hash) !== hash) throw new Error(`reread: ${room} is not what it was`)
    this.#hashes.set(room, hash)
    return told
  }

  async readAllAgain(): Promise<void> {
    for (const room of this.#hashes.keys()) await this.read(room)
  }
}
