import { setTimeout as sleep } from 'node:timers/promises'
import type { Target } from '../load-person.ts'
import { cpuSeconds } from '../meter.ts'
import { seat } from '../seats.ts'
import type { Figures } from '../window.ts'

export interface Open {
  kind: 'open'
  people: number
}

/** Long enough for the room to announce leaves, and to announce joins. */
const LEAVE_MS = 6_000
const COME_MS = 1_500

/** Measures the server's CPU for people who join a room and stay: first new people, then the same people again. */
export async function open(target: Target, { people }: Open): Promise<Figures> {
  const { pid } = target
  const comeIn = async () => {
    const before = cpuSeconds(pid)
    const all = await seat(target, { people })
    await sleep(COME_MS)
    return { all, cpuMs: ((cpuSeconds(pid) - before) * 1000) / people }
  }
  // Warms up the process, so that first-time work does not count as the cost of a connection.
  const [warm] = await seat(target, { people: 1, first: people })
  const strangers = await comeIn()
  for (const person of strangers.all) person.leave()
  await sleep(LEAVE_MS)
  const known = await comeIn()
  warm?.leave()
  return { cpuMsPerStranger: strangers.cpuMs, cpuMsPerConnection: known.cpuMs }
}
