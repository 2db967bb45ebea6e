import type { Target } from '../load-person.ts'
import { seat } from '../seats.ts'
import { drain, type Figures } from '../window.ts'

export interface Fill {
  kind: 'fill'
  messages: number
}

const TALKERS = 20
const OUTSTANDING = 32

/** Fills a room with messages. */
export async function fill(target: Target, { messages }: Fill): Promise<Figures> {
  const people = await seat(target, { people: TALKERS })
  let left = messages
  const say = (more: number) => {
    const now = Math.min(more, left)
    left -= now
    return now
  }
  await new Promise<void>((resolve) => {
    let acked = 0
    for (const person of people) {
      person.onAcked = (more) => {
        acked += more
        if (acked === messages) resolve()
        else if (left > 0) person.say(say(more))
      }
    }
    for (const person of people) if (left > 0) person.say(say(OUTSTANDING))
  })
  return { lost: await drain(target.meter, people, TALKERS) }
}
