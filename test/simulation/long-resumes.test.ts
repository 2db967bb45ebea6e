import { expect, it } from 'vitest'
import { LIMITS } from '../../src/protocol/limits.ts'
import { drawHistory } from './draw-history.ts'
import { runHistory } from './run-history.ts'
import type { Simulation } from './simulation.ts'

// So small that most resumes come in parts, while others write, edit and delete.
Object.assign(LIMITS, { syncEveryBytes: 600, syncEveryBytesLeast: 600 })

const HISTORIES = 200

it(`[SIM10] ${HISTORIES} histories in which resumes come in parts break no rule of delivery`, async () => {
  let paced = 0
  for (let seed = 1; seed <= HISTORIES; seed += 1) {
    const simulations: Simulation[] = []
    const sabotage = (simulation: Simulation): void => void simulations.push(simulation)
    await runHistory(drawHistory(seed), { sabotage }).catch((fault: unknown) => {
      throw new Error(`Seed ${seed}`, { cause: fault })
    })
    for (const { frameChecks } of simulations) paced += frameChecks.paced
  }
  expect(paced).toBeGreaterThan(HISTORIES / 2)
})
