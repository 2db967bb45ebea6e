import { Random } from '../random.ts'
import { drawStep, FuzzedRoom, type FuzzStep, type Options, type Spoil } from './fuzzed-room.ts'
import { Broken } from './judge.ts'

/** So many frames make a room's life. */
export const ROUND = 2_000
/** So often a broken round is played again, to find what is needed of it. */
const MOST_TRIES = 400

export interface Round {
  readonly frames: number
  readonly told?: Readonly<Record<string, number>>
  readonly broken?: { readonly seed: number; readonly message: string; readonly steps: readonly FuzzStep[] }
}

/** One room, from its beginning: the same for the same seed. */
export function playRound(seed: number, most = ROUND, spoil?: Spoil): Round {
  const random = new Random(seed)
  const options: Options = { spoil, isPaced: random.chance(0.05) }
  const steps: FuzzStep[] = []
  let frames = 0
  try {
    const play = new FuzzedRoom(options)
    while (frames < most) {
      const step = drawStep(random, play)
      steps.push(step)
      frames += step.do === 'send' ? step.frames.length : step.do === 'speak' ? 1 : 0
      play.do(step)
    }
    play.end()
    return { frames, told: play.told }
  } catch (fault) {
    if (!(fault instanceof Broken)) throw fault
    return { frames, broken: { seed, message: fault.message, steps: shrunk(steps, fault.message, options) } }
  }
}

/** What breaks the same rule when these steps are taken. */
function breaks(steps: readonly FuzzStep[], message: string, options: Options): boolean {
  try {
    const play = new FuzzedRoom(options)
    for (const step of steps) play.do(step)
    play.end()
    return false
  } catch (fault) {
    return fault instanceof Broken && ruleOf(fault.message) === ruleOf(message)
  }
}

function ruleOf(message: string): string {
  return message.split(':')[0] ?? ''
}

/** Leaves out what is not needed: ever smaller parts, then single frames. */
function shrunk(steps: readonly FuzzStep[], message: string, options: Options): readonly FuzzStep[] {
  let tries = MOST_TRIES
  const holds = (some: readonly FuzzStep[]): boolean => tries-- > 0 && breaks(some, message, options)
  const less = (list: readonly FuzzStep[]): readonly FuzzStep[] => {
    let left = list
    for (let part = Math.ceil(left.length / 2); part >= 1; part = part === 1 ? 0 : Math.ceil(part / 2)) {
      for (let at = 0; at < left.length && tries > 0; ) {
        const without = left.toSpliced(at, part)
        if (holds(without)) left = without
        else at += part
      }
    }
    return left
  }
  const few = less(steps)
  const single = few.flatMap((step): FuzzStep[] =>
    step.do === 'send' ? step.frames.map((frame) => ({ do: 'send', frames: [frame] })) : [step],
  )
  return holds(single) ? less(single) : few
}
