import { type Mutant, mutate } from './mutants.ts'

const FILE = 'src/room/state/liveness.ts'

/** A rule turned round, which tests catch. */
const CAUGHT = { original: '!isOpen', replacement: 'isOpen', status: 'Killed' } as const

/** What follows from an undefined heartbeat is the same without asking for it, so no test can catch this one. */
const SURVIVES = { original: 'heartbeat === undefined', replacement: 'false', status: 'Survived' } as const

/** Whether the tool finds of two changes the one that breaks a rule, and only that one. */
export async function control(concurrency: number): Promise<boolean> {
  const mutants = await mutate('control', [FILE], concurrency)
  return [CAUGHT, SURVIVES].map((expected) => holds(mutants, expected)).every(Boolean)
}

function holds(mutants: readonly Mutant[], { original, replacement, status }: Expected): boolean {
  const mutant = mutants.find((one) => one.original === original && one.replacement === replacement)
  const found = mutant?.status ?? 'not made'
  console.log(`Control: ${original} as ${replacement} in ${FILE}: ${found}, expected: ${status}`)
  return found === status
}

type Expected = Pick<Mutant, 'original' | 'replacement' | 'status'>
