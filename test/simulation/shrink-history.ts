import { brokenRule } from '../../tools/delivery/invariants.ts'
import { shrink } from '../../tools/shrink.ts'
import type { History } from './draw-history.ts'
import { replay } from './replay.ts'

/** A history that breaks the same rule with as few deeds as can be found by leaving some out. */
export async function shrinkHistory(history: History): Promise<History> {
  const rule = await ruleBrokenBy(history)
  if (rule === undefined) return history
  const deeds = await shrink(
    history.deeds,
    async (deeds) => (await ruleBrokenBy({ ...history, deeds })) === rule,
  )
  return { ...history, deeds }
}

async function ruleBrokenBy(history: History): Promise<string | undefined> {
  const { fault } = await replay(history)
  return fault && brokenRule(fault.message)
}
