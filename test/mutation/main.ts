import { globSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { matchesGlob } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from '../../tools/install.mjs'
import { control } from './control.ts'
import { type Mutant, mutate } from './mutants.ts'
import { report } from './report.ts'

/**
 * The pure core, in parts that are mutated one after the other: what counts every byte is slow where it is prepared
 * for mutation, so that it is so only in its own part.
 */
const PARTS = {
  text: ['src/room/model/text.ts'],
  room: ['src/room/!(text).ts'],
  machine: ['client/session/{machine,steps,transitions,backoff,after-close}.ts'],
  timeline: ['client/session/{timeline,change,overlay,rows,logged,entries,outbox}.ts'],
}

const { values } = parseArgs({
  options: {
    /** Only files that this glob fits. */
    only: { type: 'string', default: '**' },
    concurrency: { type: 'string', default: String(availableParallelism()) },
  },
})
const concurrency = Number(values.concurrency)
if (!(concurrency >= 1)) throw new Error('--concurrency is a number')

const parts = Object.entries(PARTS).flatMap(([name, globs]) => {
  const files = globSync(globs, { cwd: root }).filter((file) => matchesGlob(file, values.only))
  return files.length > 0 ? [{ name, files }] : []
})
if (parts.length === 0) throw new Error(`--only ${values.only} fits no file of the pure core`)

if (!(await control(concurrency))) {
  console.log('What this tool says of other changes means nothing.')
  process.exit(1)
}
const mutants: Mutant[] = []
for (const { name, files } of parts) mutants.push(...(await mutate(name, files, concurrency)))
console.log(report(mutants))
