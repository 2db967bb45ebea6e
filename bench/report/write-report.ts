import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Results } from '../results.ts'
import { markdown, type Whys } from './markdown.ts'
import { plots } from './plots.ts'

/** Writes the report and its plots. A person writes `why.json` beside it: the reasons why goals are not met. */
export function writeReport(folder: string, results: Results): void {
  const drawn = plots(results)
  for (const { file, svg } of drawn) writeFileSync(join(folder, file), svg)
  writeFileSync(
    join(folder, 'README.md'),
    markdown(results, { plots: drawn, whys: whysOf(folder), tried: triedOf(folder) }),
  )
}

function whysOf(folder: string): Whys {
  const path = join(folder, 'why.json')
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {}
}

/** The file about attempts that did not help and about limits, which a person writes too. */
function triedOf(folder: string): string | undefined {
  return existsSync(join(folder, 'tried.md')) ? 'tried.md' : undefined
}
