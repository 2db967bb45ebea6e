import type { NodeSql } from '../../tools/node-sql.ts'
import { checkRest, comeToRest } from './convergence.ts'
import { checkPresence } from './check-presence.ts'
import type { History } from './draw-history.ts'
import { Performer } from './action-runner.ts'
import { Simulation } from './simulation.ts'
import { ViewChecks } from './view-checks.ts'
import type { Counts } from './world.ts'

/** Longer pauses than this are slept through by everyone: nobody's timers run, and all that was due is late. */
const AWAKE_MS = 60_000

export interface Stage {
  /** A database that was used for other histories before: it is emptied. */
  sql?: NodeSql
  /** Hears of every frame and every deed, in order. */
  tell?: (line: string) => void
  /** Breaks something on purpose, to see that it is found. */
  spoil?: (story: Simulation) => void
}

/** Plays a history from its first deed until all is calm. Throws where a rule is broken. */
export async function playHistory(history: History, { sql, tell, spoil }: Stage = {}): Promise<Counts> {
  const story = new Simulation(history, sql, tell)
  spoil?.(story)
  const { clock } = story.world
  const performer = new Performer(story)
  const views = new ViewChecks()
  for (const tab of story.tabs) tab.open()
  await clock.advance(1_000)
  for (const deed of history.deeds) {
    performer.perform(deed)
    await clock.advance(Math.min(deed.pause, AWAKE_MS))
    if (deed.pause > AWAKE_MS) {
      clock.leap(deed.pause - AWAKE_MS)
      await clock.advance(0)
    }
    look(story, views)
    checkPresence(story)
  }
  await comeToRest(story)
  look(story, views)
  await checkRest(story)
  return story.counts
}

function look({ world, tabs }: Simulation, views: ViewChecks): void {
  if (world.fault !== undefined) throw world.fault
  for (const tab of tabs) views.look(tab)
}
