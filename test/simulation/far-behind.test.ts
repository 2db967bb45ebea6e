import { expect, it } from 'vitest'
import { LIMITS } from '../../src/protocol/limits.ts'
import { checkConvergence, converge } from './convergence.ts'
import type { History, Setup } from './draw-history.ts'
import type { SimulatedTab } from './simulated-tab.ts'
import { Simulation } from './simulation.ts'

const person = { storage: { latency: 0, locks: true }, skew: 0, tabs: [{ watch: false }] } as const
const setup: Setup = {
  persons: [person, person],
  latency: [5, 20],
  loss: 0,
  rate: { burst: LIMITS.rateBurst, perSecond: LIMITS.ratePerSecond },
  sleepy: true,
  isOwned: false,
  past: 60,
}

const nearly4MiB = Math.floor(LIMITS.resumeBytes / LIMITS.bodyLength) - 100

const MISSED: [string, number, number, 'resumes' | 'resets'][] = [
  ['as many changes as a resume holds', LIMITS.resumeChanges, 10, 'resumes'],
  ['one change more than a resume holds', LIMITS.resumeChanges + 1, 10, 'resets'],
  ['nearly 4 MiB', nearly4MiB, LIMITS.bodyLength, 'resumes'],
  ['more than 4 MiB', nearly4MiB + 600, LIMITS.bodyLength, 'resets'],
]

/** A room in which Ben writes, and in which changes are made that no tab receives. */
class Absence {
  readonly simulation: Simulation
  readonly ben: SimulatedTab

  constructor() {
    const history: History = { seed: 1, setup, actions: [] }
    this.simulation = new Simulation(history)
    const [, ben] = this.simulation.tabs
    if (ben === undefined) throw new Error('The setup has two tabs')
    this.ben = ben
    for (const tab of this.simulation.tabs) tab.open()
  }

  async write(text: string): Promise<void> {
    const { ben, simulation } = this
    const stored = ben.session?.send(text)
    const typed = ben.person.sendRecord.note(ben.newestId, ben.place, 'updateChat')
    simulation.world.clock.stirred = true
    await simulation.world.clock.advance(1_000)
    await stored
    typed.isStored = true
  }

  append(changes: number, length: number): void {
    const { simulation } = this
    simulation.append(changes, () => simulation.newText().padEnd(length, 'x').slice(0, length))
  }

  /** Ben's messages in the log after recovery. */
  async finalMessages(): Promise<string[]> {
    await converge(this.simulation)
    await checkConvergence(this.simulation)
    return this.simulation.reference.log.flatMap(({ event, data }) =>
      event === 'updateChat' && data.by === 'p2' ? [data.body] : [],
    )
  }
}

it.each(MISSED)(
  '[SIM4] a client that missed %s resumes or starts afresh, and sends what was typed meanwhile',
  async (_, changes, length, how) => {
    const absence = new Absence()
    const { simulation } = absence
    await simulation.world.clock.advance(10_000)
    for (const { session } of simulation.tabs) session?.setOnline(false)
    await absence.write('before')
    simulation.world.clock.leap(30 * 24 * 60 * 60 * 1_000)
    absence.append(changes, length)
    await absence.write('after')
    const before = { ...simulation.counts }
    expect(await absence.finalMessages()).toEqual(['before', 'after'])
    expect(simulation.counts[how] - before[how]).toBeGreaterThan(0)
  },
)

it('[SIM9] a client reads a long resume to its end before it sends an unacknowledged change again', async () => {
  const absence = new Absence()
  const { simulation, ben } = absence
  await simulation.world.clock.advance(10_000)
  for (const { socket: line } of simulation.tabs) line?.silence('down')
  absence.append(nearly4MiB / 2, LIMITS.bodyLength)
  await absence.write('unheard')
  expect(simulation.reference.log.at(-1)?.data.by).toBe(ben.person.by)
  expect(await absence.finalMessages()).toEqual(['unheard'])
})
