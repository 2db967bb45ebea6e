import type { Target } from '../load-person.ts'
import { seat } from '../seats.ts'
import { type Figures, measure } from '../window.ts'

export interface Blast {
  kind: 'blast'
  people: number
  warmSeconds: number
  seconds: number
}

/** Listens to a server that only sends, to find how much this process can receive. */
export async function blast(target: Target, load: Blast): Promise<Figures> {
  const [first] = await seat(target, load)
  first?.send('go')
  const { p50: _p50, p99: _p99, ...figures } = await measure(target.meter, load)
  return figures
}
