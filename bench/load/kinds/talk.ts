import type { Target } from '../load-person.ts'
import { seat } from '../seats.ts'
import { drain, type Figures, measure } from '../window.ts'

export interface Talk {
  kind: 'talk'
  rooms?: number
  people: number
  /** The number of talkers in each room; the others listen. */
  talkers: number
  /** The number of messages in flight for each talker. */
  outstanding: number
  warmSeconds: number
  seconds: number
}

/** Talkers send the next message as soon as an earlier one is acknowledged: as fast as the server allows. */
export async function talk(target: Target, load: Talk): Promise<Figures> {
  const { meter } = target
  const { rooms = 1, people, talkers, outstanding } = load
  const everyone = await seat(target, { rooms, people })
  const speaking = everyone.filter((_, at) => at % people < talkers)
  let isOver = false
  for (const person of speaking) {
    person.onAcked = (more) => {
      if (!isOver) person.say(more)
    }
  }
  for (const person of speaking) person.say(outstanding)
  const figures = await measure(meter, load)
  isOver = true
  return { ...figures, lost: await drain(meter, everyone, people) }
}
