import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Disruption, KitScenario } from './kit-scenario.ts'
import { speedUp } from './speed-up.ts'

speedUp()

const RUNS = 60

const tab = fc.nat(2)
const pick = fc.nat(50)
const end = fc.constantFrom('hibernate', 'hibernate', 'close', 'abort')
const direction = fc.constantFrom('up', 'down')
const disruption: fc.Arbitrary<Disruption> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('say'), tab }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('topic'), tab }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('edit', 'delete', 'react'), tab, pick }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('cut', 'reload', 'offline'), tab }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('block'), tab, direction }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('evict'), end }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('wait'), ms: fc.nat(30) }) },
)
const disruptions = fc.array(disruption, { minLength: 10, maxLength: 40, size: 'max' })

it(`[IN2] the session kit delivers everything typed, while the room’s object keeps stopping: ${RUNS} runs`, {
  timeout: 600_000,
}, async () => {
  let evictions = 0
  const play = async (disruptions: readonly Disruption[]) => {
    const scenario = new KitScenario()
    try {
      for (const disruption of disruptions) await scenario.play(disruption)
      await scenario.settle()
      await scenario.check()
    } finally {
      scenario.leave()
    }
    evictions += scenario.evictions
  }
  // Real time passes, so a repetition differs, and a shrunk list would prove little.
  await fc.assert(fc.asyncProperty(disruptions, play), { numRuns: RUNS, endOnFailure: true })
  expect(evictions).toBeGreaterThan(RUNS)
})
