import { LIMITS } from '../../src/protocol/limits.ts'
import { parseClientFrame } from '../../src/protocol/parse-client-frame.ts'
import { isLongerThan } from '../../src/room/model/text.ts'
import { worstFrames } from '../../tools/fuzz/worst-frames.ts'

export interface FrameCost {
  readonly event: string
  readonly what: string
  readonly ms: number
}

const TIMES = 21

/** For each event the costliest frame of what a room does before it charges the sender. */
export function frameCosts(): FrameCost[] {
  const costliest = new Map<string, FrameCost>()
  for (const { event, what, text } of worstFrames('kitchen')) {
    const ms = Array.from({ length: TIMES }, () => timed(text)).toSorted((a, b) => a - b)[TIMES >> 1] ?? 0
    if (ms > (costliest.get(event)?.ms ?? -1)) costliest.set(event, { event, what, ms })
  }
  return [...costliest.values()]
}

function timed(text: string): number {
  const before = process.cpuUsage()
  isLongerThan(text, LIMITS.frameBytes)
  parseClientFrame(text)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}
