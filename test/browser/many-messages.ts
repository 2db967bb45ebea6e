import { BREATH, speakIn } from './speaker.ts'

interface Filling {
  from?: number
  bodyOf?: (n: number) => string
}

/** Messages up to `last`, by as many people as may say so much at once. They stay in the room until the test is over. */
export async function fillRoom(room: string, last: number, filling: Filling = {}): Promise<void> {
  const { from = 1, bodyOf = (n) => `message ${n}` } = filling
  for (let first = from; first <= last; first += BREATH) {
    const { change } = await speakIn(room, `Speaker ${first}`)
    const breath = Array.from({ length: Math.min(BREATH, last - first + 1) }, (_, n) => first + n)
    await Promise.all(breath.map((n) => change('updateChat', { id: `m${n}`, body: bodyOf(n) })))
  }
}
