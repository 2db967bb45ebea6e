import { globSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { matchesGlob } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from '../install.mjs'
import { control } from './control.ts'
import { type Mutant, mutate } from './mutants.ts'
import { mutationReport } from './mutation-report.ts'

/**
 * The pure core, in parts that are mutated one after another. text.ts has a part of its own, because it counts every byte
 * and its tests are slow.
 */
const PARTS = {
  text: ['src/room/model/text.ts'],
  room: ['src/room/*.ts', 'src/room/{handlers,state}/*.ts', 'src/room/model/!(text).ts'],
  machine: session('machine', 'machine-steps', 'machine-transitions', 'backoff', 'close-codes'),
  timeline: session(
    'timeline',
    'apply-change',
    'overlay',
    'message-items',
    'log-entry-of',
    'entries',
    'outbox',
  ),
}

const { values } = parseArgs({
  options: {
    /** Mutates only files that match this glob. */
    only: { type: 'string', default: '**' },
    concurrency: { type: 'string', default: String(availableParallelism()) },
  },
})
const concurrency = Number(values.concurrency)
if (!(concurrency >= 1)) throw new Error('--concurrency must be a number of at least 1')

const parts = Object.entries(PARTS).flatMap(([name, globs]) => {
  const files = globs.flatMap(filesOf).filter((file) => matchesGlob(file, values.only))
  return files.length > 0 ? [{ name, files }] : []
})
if (parts.length === 0) throw new Error(`--only ${values.only} matches no file of the pure core`)

if (!(await control(concurrency))) {
  console.log('The control failed, so results would mean nothing.')
  process.exit(1)
}
const mutants: Mutant[] = []
for (const { name, files } of parts) mutants.push(...(await mutate(name, files, concurrency)))
console.log(mutationReport(mutants))

function session(...names: string[]): string[] {
  return names.map((name) => `client/session/${name}.ts`)
}

/** A glob without a match names a file that has moved. */
function filesOf(glob: string): string[] {
  const files = globSync(glob, { cwd: root })
  if (files.length === 0) throw new Error(`${glob} matches no file`)
  return files
}
