import { BURST, speakIn } from './speaker.ts'

interface Filling {
  from?: number
  bodyOf?: (n: number) => string
}

/** Sends messages up to `last`, by several people because of the rate limit. They stay in the room until the test is over. */
export async function fillRoom(room: string, last: number, filling: Filling = {}): Promise<void> {
  const { from = 1, bodyOf = (n) => `message ${n}` } = filling
  for (let first = from; first <= last; first += BURST) {
    const { change } = await speakIn(room, `Speaker ${first}`)
    const burst = Array.from({ length: Math.min(BURST, last - first + 1) }, (_, n) => first + n)
    await Promise.all(burst.map((n) => change('updateChat', { id: `m${n}`, body: bodyOf(n) })))
  }
}
