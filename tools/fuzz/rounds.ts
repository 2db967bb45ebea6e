import { brokenRule } from '../delivery/invariants.ts'
import { Random } from '../random.ts'
import { shrink } from '../shrink.ts'
import { drawStep, FuzzedRoom, type FuzzStep, type Options, type Sabotage } from './fuzzed-room.ts'
import { Broken } from './judge.ts'

/** How many frames a room gets. */
export const ROUND = 2_000
/** How often a failing round is repeated while it is shrunk. */
const MOST_TRIES = 400

export interface Round {
  readonly frames: number
  readonly eventCounts?: Readonly<Record<string, number>>
  readonly broken?: { readonly seed: number; readonly message: string; readonly steps: readonly FuzzStep[] }
}

/** Runs a room from its creation on. The same seed gives the same round. */
export async function runRound(seed: number, most = ROUND, sabotage?: Sabotage): Promise<Round> {
  const random = new Random(seed)
  const options: Options = { sabotage, isPaced: random.chance(0.05) }
  const steps: FuzzStep[] = []
  let frames = 0
  try {
    const room = new FuzzedRoom(options)
    while (frames < most) {
      const step = drawStep(random, room)
      steps.push(step)
      frames += step.do === 'send' ? step.frames.length : step.do === 'speak' ? 1 : 0
      room.do(step)
    }
    room.end()
    return { frames, eventCounts: room.eventCounts }
  } catch (fault) {
    if (!(fault instanceof Broken)) throw fault
    const few = await shrunk(steps, fault.message, options)
    return { frames, broken: { seed, message: fault.message, steps: few } }
  }
}

/** Whether these steps break the same rule. */
function breaks(steps: readonly FuzzStep[], message: string, options: Options): boolean {
  try {
    const room = new FuzzedRoom(options)
    for (const step of steps) room.do(step)
    room.end()
    return false
  } catch (fault) {
    return fault instanceof Broken && brokenRule(fault.message) === brokenRule(message)
  }
}

/** Leaves out whole steps first, then single frames. */
async function shrunk(
  steps: readonly FuzzStep[],
  message: string,
  options: Options,
): Promise<readonly FuzzStep[]> {
  let tries = MOST_TRIES
  const stillFails = (some: readonly FuzzStep[]): boolean => tries-- > 0 && breaks(some, message, options)
  const few = await shrink(steps, stillFails)
  const single = few.flatMap((step): FuzzStep[] =>
    step.do === 'send' ? step.frames.map((frame) => ({ do: 'send', frames: [frame] })) : [step],
  )
  return stillFails(single) ? shrink(single, stillFails) : few
}
