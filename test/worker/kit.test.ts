import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Company, type Mishap } from './kit-scenario.ts'
import { makeQuick } from './speed-up.ts'

makeQuick()

const RUNS = 60

const tab = fc.nat(2)
const pick = fc.nat(50)
const end = fc.constantFrom('hibernate', 'hibernate', 'close', 'abort')
const direction = fc.constantFrom('up', 'down')
const mishap: fc.Arbitrary<Mishap> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('say'), tab }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('topic'), tab }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('edit', 'delete', 'react'), tab, pick }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('cut', 'reload', 'offline'), tab }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('deafen'), tab, direction }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('evict'), end }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('wait'), ms: fc.nat(30) }) },
)
const mishaps = fc.array(mishap, { minLength: 10, maxLength: 40, size: 'max' })

it(`[IN2] the session kit delivers everything typed, while the room’s object keeps stopping: ${RUNS} runs`, {
  timeout: 600_000,
}, async () => {
  let evictions = 0
  const play = async (mishaps: readonly Mishap[]) => {
    const company = new Company()
    try {
      for (const one of mishaps) await company.meet(one)
      await company.settle()
      await company.judge()
    } finally {
      company.leave()
    }
    evictions += company.evictions
  }
  // Real time passes, so a repetition differs, and a shrunk list would prove little.
  await fc.assert(fc.asyncProperty(mishaps, play), { numRuns: RUNS, endOnFailure: true })
  expect(evictions).toBeGreaterThan(RUNS)
})
