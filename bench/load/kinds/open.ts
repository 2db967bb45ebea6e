import { setTimeout as sleep } from 'node:timers/promises'
import type { Target } from '../load-person.ts'
import { cpuSeconds } from '../meter.ts'
import { seat } from '../seats.ts'
import type { Figures } from '../window.ts'

export interface Open {
  kind: 'open'
  people: number
}

/** Until those who left are told to have left, and until those who came are told to be there. */
const LEAVE_MS = 6_000
const COME_MS = 1_500

/** What it costs the server that people come into one room and stay: strangers first, then the same ones again. */
export async function open(target: Target, { people }: Open): Promise<Figures> {
  const { pid } = target
  const comeIn = async () => {
    const before = cpuSeconds(pid)
    const all = await seat(target, { people })
    await sleep(COME_MS)
    return { all, cpuMs: ((cpuSeconds(pid) - before) * 1000) / people }
  }
  // Whatever runs for the first time in this process is not what a connection costs.
  const [warm] = await seat(target, { people: 1, first: people })
  const strangers = await comeIn()
  for (const person of strangers.all) person.leave()
  await sleep(LEAVE_MS)
  const known = await comeIn()
  warm?.leave()
  return { cpuMsPerStranger: strangers.cpuMs, cpuMsPerConnection: known.cpuMs }
}
