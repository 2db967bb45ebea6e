import { setTimeout as sleep } from 'node:timers/promises'
import { Person, type Target } from '../load-person.ts'
import { inTurn, seat } from '../seats.ts'
import { drain, type Figures } from '../window.ts'

export interface Rows {
  kind: 'rows'
  people: number
  seconds: number
}

const QUIET_MESSAGES = 20
/** Well past the time for which the room batches joins, leaves and typing. */
const SETTLE_MS = 1_500

/**
 * Measures the rows that the cursors of the room's database report. Only the counting build of the Worker responds.
 */
export async function rows(target: Target, { people, seconds }: Rows): Promise<Figures> {
  const everyone = await seat(target, { people })
  const [speaker] = everyone
  await sleep(SETTLE_MS)
  const written = counter(target, speaker?.seat.room ?? '')

  const quiet = await written(async () => {
    for (let message = 0; message < QUIET_MESSAGES; message++) {
      await new Promise<void>((resolve) => {
        if (speaker) speaker.onAcked = () => resolve()
        speaker?.say(1)
      })
      await sleep(50)
    }
  })
  const ambient = await written(async () => {
    for (const person of everyone) if (target.dialect.typing) person.send(target.dialect.typing(person.seat))
    await inTurn(everyone, async ({ seat: { index, room } }) => {
      const again = new Person(target, { index, room })
      await again.enter()
      again.leave()
    })
    await sleep(SETTLE_MS)
  })
  let isOver = false
  const before = everyone.reduce((sum, person) => sum + person.sent, 0)
  const busy = await written(async () => {
    for (const person of everyone) {
      person.onAcked = (more) => {
        if (!isOver) person.say(more)
      }
      person.say(1)
    }
    await sleep(seconds * 1000)
    isOver = true
    await drain(target.meter, everyone, people)
  })
  const sent = everyone.reduce((sum, person) => sum + person.sent, 0) - before
  return {
    rowsPerMessage: quiet / QUIET_MESSAGES,
    rowsForPresence: ambient,
    rowsPerBusyMessage: busy / sent,
  }
}

/** The rows that an action writes. */
function counter({ host, port }: Target, room: string): (work: () => Promise<void>) => Promise<number> {
  const read = async () => Number(await (await fetch(`http://${host}:${port}/rows/${room}`)).text())
  return async (work) => {
    const before = await read()
    await work()
    return (await read()) - before
  }
}
