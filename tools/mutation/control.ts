import { type Mutant, mutate } from './mutants.ts'

const FILE = 'src/room/state/liveness.ts'

/** Reverses a rule, so a test must fail. */
const CAUGHT = { original: '!isOpen', replacement: 'isOpen', status: 'Killed' } as const

/** Removes a check that changes no result, so no test can fail. */
const SURVIVES = { original: 'heartbeat === undefined', replacement: 'false', status: 'Survived' } as const

/** Whether tests catch the change that breaks a rule, and not the one that breaks none. */
export async function control(concurrency: number): Promise<boolean> {
  const mutants = await mutate('control', [FILE], concurrency)
  return [CAUGHT, SURVIVES].map((expected) => holds(mutants, expected)).every(Boolean)
}

function holds(mutants: readonly Mutant[], { original, replacement, status }: Expected): boolean {
  const mutant = mutants.find((made) => made.original === original && made.replacement === replacement)
  const found = mutant?.status ?? 'not made'
  console.log(`Control: ${original} changed to ${replacement} in ${FILE}: ${found}, expected: ${status}`)
  return found === status
}

type Expected = Pick<Mutant, 'original' | 'replacement' | 'status'>
