import { setTimeout as sleep } from 'node:timers/promises'
import { growthOf } from '../growth.ts'
import { Person, type Target } from '../load-person.ts'
import { residentBytes } from '../meter.ts'
import { seat } from '../seats.ts'
import { between, type Figures } from '../window.ts'
import { speakInTurn } from './pace.ts'

export interface Soak {
  kind: 'soak'
  people: number
  perSecond: number
  seconds: number
  everySeconds: number
}

/** Twice a second a person joins and leaves, and another types. */
const CHURN_MS = 500
const GUESTS = 20

/** A long conversation, while people join and leave. `series` is the server's memory at even intervals. */
export async function soak(target: Target, load: Soak): Promise<{ figures: Figures; series: number[] }> {
  const { meter, dialect } = target
  const people = await seat(target, load)
  for (const person of people) person.onAcked = () => {}
  const stop = speakInTurn(people, load.perSecond, meter)
  let turn = 0
  const churn = setInterval(() => {
    turn += 1
    const [typist, room] = [people[turn % people.length], people[0]?.seat.room]
    if (typist && dialect.typing) typist.send(dialect.typing(typist.seat))
    const guest = new Person(target, { index: load.people + (turn % GUESTS), room: room ?? '' })
    guest.enter().then(() => guest.leave())
  }, CHURN_MS)
  const series = [residentBytes(target.pid)]
  const before = meter.read()
  for (let second = 0; second < load.seconds; second += load.everySeconds) {
    await sleep(load.everySeconds * 1000)
    series.push(residentBytes(target.pid))
  }
  const after = meter.read()
  clearInterval(churn)
  stop()
  const { cpuPer100k = 0, deliveriesPerSecond = 0, loadShare = 0, serverShare = 0 } = between(before, after)
  const figures = { cpuPer100k, deliveriesPerSecond, loadShare, serverShare, ...growthOf(series) }
  return { figures, series }
}
