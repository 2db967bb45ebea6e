import fc from 'fast-check'
import { expect, inject, it } from 'vitest'
import { checkScenario } from './check-scenario.ts'
import type { ObjectEnd } from './raw-client.ts'
import { RoomScenario, type ScenarioStep, type TypedContent } from './room-scenario.ts'
import { speedUp } from './speed-up.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Whether to run every variant. */
    isLong: boolean
  }
}

/** Each run draws another seed, so the runs of many days look at as much as one long run. */
const SHARE = inject('isLong') ? 1 : 1 / 4

speedUp()

const tab = fc.nat(3)
const pick = fc.nat(50)
const text = fc.string({ unit: 'grapheme', maxLength: 10 })
const emoji = fc.constantFrom('👍', '❤️', '+1')
const what: fc.Arbitrary<TypedContent> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('say'), text }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('reply', 'edit'), pick, text }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('delete'), pick }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('react'), pick, emoji, on: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('topic'), text }) },
)
const step: fc.Arbitrary<ScenarioStep> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ kind: fc.constant('type'), tab, what }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('drop'), tab, silently: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('join'), tab, afresh: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('again'), tab, pick }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('evict'), waits: fc.boolean() }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('breathe') }) },
)
const steps = fc.array(step, { minLength: 8, maxLength: 24, size: 'max' })

it.each<{ runs: number; end: ObjectEnd }>([
  { runs: 300 * SHARE, end: 'hibernate' },
  { runs: 300 * SHARE, end: 'close' },
  { runs: 60 * SHARE, end: 'abort' },
])(
  '[IN1] a room stores everything typed, and every client converges, while its objects $end: $runs runs',
  { timeout: 600_000 },
  async ({ runs, end }) => {
    let evictions = 0
    const play = async (owned: boolean, steps: readonly ScenarioStep[]) => {
      const story = new RoomScenario(end)
      if (owned) await story.makeOwned()
      for (const one of story.tabs) await story.join(one, true)
      for (const one of steps) await story.play(one)
      await story.finish()
      await checkScenario(story)
      evictions += story.evictions
    }
    await fc.assert(fc.asyncProperty(fc.boolean(), steps, play), { numRuns: runs })
    expect(evictions).toBeGreaterThan(runs / 2)
  },
)
