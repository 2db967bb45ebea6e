import { expect, it } from 'vitest'
import { LIMITS } from '../../src/protocol/limits.ts'
import { checkRest, comeToRest } from './convergence.ts'
import type { Cast, History } from './draw-history.ts'
import type { SimulatedTab } from './simulated-tab.ts'
import { Simulation } from './simulation.ts'

const person = { keeping: { latency: 0, locks: true }, skew: 0, tabs: [{ watch: false }] } as const
const cast: Cast = {
  persons: [person, person],
  latency: [5, 20],
  loss: 0,
  rate: { burst: LIMITS.rateBurst, perSecond: LIMITS.ratePerSecond },
  sleepy: true,
  isOwned: false,
  past: 60,
}

const nearly4MiB = Math.floor(LIMITS.resumeBytes / LIMITS.bodyLength) - 100

const FAR: [string, number, number, 'resumes' | 'resets'][] = [
  ['as many changes as a resume holds', LIMITS.resumeChanges, 10, 'resumes'],
  ['one change more than a resume holds', LIMITS.resumeChanges + 1, 10, 'resets'],
  ['nearly 4 MiB', nearly4MiB, LIMITS.bodyLength, 'resumes'],
  ['more than 4 MiB', nearly4MiB + 600, LIMITS.bodyLength, 'resets'],
]

/** A room where nobody but Ben writes, and changes are made while nobody is told. */
class Absence {
  readonly story: Simulation
  readonly ben: SimulatedTab

  constructor() {
    const history: History = { seed: 1, cast, deeds: [] }
    this.story = new Simulation(history)
    const [, ben] = this.story.tabs
    if (ben === undefined) throw new Error('The cast has two tabs')
    this.ben = ben
    for (const tab of this.story.tabs) tab.open()
  }

  async write(text: string): Promise<void> {
    const { ben, story } = this
    const stored = ben.session?.send(text)
    const typed = ben.person.diary.note(ben.newestId, ben.place, 'updateChat')
    story.world.clock.stirred = true
    await story.world.clock.advance(1_000)
    await stored
    typed.isStored = true
  }

  append(changes: number, length: number): void {
    const { story } = this
    story.append(changes, () => story.newText().padEnd(length, 'x').slice(0, length))
  }

  /** Everything Ben wrote, once all is well again. */
  async inTheEnd(): Promise<string[]> {
    await comeToRest(this.story)
    await checkRest(this.story)
    return this.story.ledger.log.flatMap(({ event, data }) =>
      event === 'updateChat' && data.by === 'p2' ? [data.body] : [],
    )
  }
}

it.each(FAR)(
  '[SIM4] someone who missed %s has it, or starts afresh, and what they wrote meanwhile is sent',
  async (_, changes, length, how) => {
    const absence = new Absence()
    const { story } = absence
    await story.world.clock.advance(10_000)
    for (const { session } of story.tabs) session?.setOnline(false)
    await absence.write('before')
    story.world.clock.leap(30 * 24 * 60 * 60 * 1_000)
    absence.append(changes, length)
    await absence.write('after')
    const before = { ...story.counts }
    expect(await absence.inTheEnd()).toEqual(['before', 'after'])
    expect(story.counts[how] - before[how]).toBeGreaterThan(0)
  },
)

it('[SIM9] what is the last thing a long resume brings back is not sent again before', async () => {
  const absence = new Absence()
  const { story, ben } = absence
  await story.world.clock.advance(10_000)
  for (const { socket: line } of story.tabs) line?.silence('down')
  absence.append(nearly4MiB / 2, LIMITS.bodyLength)
  await absence.write('unheard')
  expect(story.ledger.log.at(-1)?.data.by).toBe(ben.person.by)
  expect(await absence.inTheEnd()).toEqual(['unheard'])
})
