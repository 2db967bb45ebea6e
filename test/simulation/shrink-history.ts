import { brokenRule } from '../../tools/delivery/invariants.ts'
import { shrink } from '../../tools/shrink.ts'
import type { History } from './draw-history.ts'
import { replay } from './replay.ts'

/** Removes actions for as long as the history still breaks the same rule. */
export async function shrinkHistory(history: History): Promise<History> {
  const rule = await ruleBrokenBy(history)
  if (rule === undefined) return history
  const actions = await shrink(
    history.actions,
    async (actions) => (await ruleBrokenBy({ ...history, actions })) === rule,
  )
  return { ...history, actions }
}

async function ruleBrokenBy(history: History): Promise<string | undefined> {
  const { fault } = await replay(history)
  return fault && brokenRule(fault.message)
}
