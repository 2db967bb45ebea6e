import type { NodeSql } from '../../tools/node-sql.ts'
import { ActionRunner } from './action-runner.ts'
import { checkPresence } from './check-presence.ts'
import { checkConvergence, converge } from './convergence.ts'
import type { History } from './draw-history.ts'
import { Simulation } from './simulation.ts'
import { ViewChecks } from './view-checks.ts'
import type { Counts } from './world.ts'

/** In a longer pause everything sleeps: no timer runs, and those that were due run late. */
const AWAKE_MS = 60_000

export interface RunOptions {
  /** A database of earlier histories, to be emptied and used again. */
  sql?: NodeSql
  /** Receives every frame and action, in order. */
  trace?: (line: string) => void
  /** Breaks something on purpose, which the checks must find. */
  sabotage?: (simulation: Simulation) => void
}

/** Runs a history and the recovery after it. Throws if a rule is broken. */
export async function runHistory(
  history: History,
  { sql, trace, sabotage }: RunOptions = {},
): Promise<Counts> {
  const simulation = new Simulation(history, sql, trace)
  sabotage?.(simulation)
  const { clock } = simulation.world
  const runner = new ActionRunner(simulation)
  const views = new ViewChecks(simulation.reference)
  for (const tab of simulation.tabs) tab.open()
  await clock.advance(1_000)
  for (const action of history.actions) {
    runner.run(action)
    await clock.advance(Math.min(action.pause, AWAKE_MS))
    if (action.pause > AWAKE_MS) {
      clock.leap(action.pause - AWAKE_MS)
      await clock.advance(0)
    }
    checkViews(simulation, views)
    checkPresence(simulation)
  }
  await converge(simulation)
  checkViews(simulation, views)
  await checkConvergence(simulation)
  simulation.counts.windows += views.windows
  simulation.counts.letGo += views.letGo
  return simulation.counts
}

function checkViews({ world, tabs }: Simulation, views: ViewChecks): void {
  if (world.fault !== undefined) throw world.fault
  for (const tab of tabs) views.look(tab)
}
