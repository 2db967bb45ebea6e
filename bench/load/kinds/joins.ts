import { setTimeout as sleep } from 'node:timers/promises'
import { Person, type Target } from '../load-person.ts'
import { inTurn } from '../seats.ts'
import { between, type Figures } from '../window.ts'

export interface Joins {
  kind: 'joins'
  /** The number of people who join at the same time. */
  lanes: number
  warmSeconds: number
  seconds: number
}

/** The returning people who take turns in a lane. */
const PEOPLE_A_LANE = 8
const ROOM = 'bench-0'

/** People open a socket, join, get the newest history and leave, as fast as the server allows. */
export async function joins(target: Target, load: Joins): Promise<Figures> {
  const { meter } = target
  const everyone = Array.from({ length: load.lanes * PEOPLE_A_LANE }, (_, index) => index)
  await inTurn(everyone, async (index) => (await come(target, index)).leave())
  let isOver = false
  let joined = 0
  let history = 0
  const lane = async (number: number) => {
    for (let turn = 0; !isOver; turn++) {
      const started = performance.now()
      const person = await come(target, number * PEOPLE_A_LANE + (turn % PEOPLE_A_LANE))
      if (meter.sampling) {
        meter.latency.add(performance.now() - started)
        joined += 1
        history = person.history
      }
      person.leave()
    }
  }
  const lanes = Array.from({ length: load.lanes }, (_, number) => lane(number))
  await sleep(load.warmSeconds * 1000)
  meter.sampling = true
  const before = meter.read()
  await sleep(load.seconds * 1000)
  const after = meter.read()
  meter.sampling = false
  isOver = true
  await Promise.all(lanes)
  const { seconds = 0, serverShare = 0, loadShare = 0 } = between(before, after)
  return {
    joinsPerSecond: joined / seconds,
    cpuMsPerJoin: ((after.serverSeconds - before.serverSeconds) * 1000) / joined,
    bytesPerJoin: (after.bytes - before.bytes) / joined,
    p50: meter.latency.percentile(0.5),
    p99: meter.latency.percentile(0.99),
    history,
    serverShare,
    loadShare,
  }
}

async function come(target: Target, index: number): Promise<Person> {
  const person = new Person(target, { index, room: ROOM })
  await person.enter()
  return person
}
