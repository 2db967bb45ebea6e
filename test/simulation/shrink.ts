import type { History } from './draw-history.ts'
import { replay, ruleOf } from './replay.ts'

/** A history in which the same rule is broken by as few deeds as can be found by leaving some out. */
export async function shrink(history: History): Promise<History> {
  const rule = ruleOf(await replay(history))
  const isBroken = async (deeds: History['deeds']): Promise<boolean> =>
    rule !== undefined && ruleOf(await replay({ ...history, deeds })) === rule
  let { deeds } = history
  for (let size = deeds.length >> 1; size >= 1; ) {
    let isSmaller = false
    for (let at = 0; at < deeds.length; ) {
      const fewer = deeds.toSpliced(at, size)
      if (await isBroken(fewer)) {
        deeds = fewer
        isSmaller = true
      } else at += size
    }
    if (!isSmaller || size > 1) size >>= 1
  }
  return { ...history, deeds }
}
