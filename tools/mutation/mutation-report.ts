import type { Mutant } from './mutants.ts'

/** The parts of a score. A change that never ends counts as caught: the tests time out. */
interface Score {
  killed: number
  timeout: number
  survived: number
  untested: number
  invalid: number
}

/** The survivors with their places, then a row of figures for each file and for all files. */
export function mutationReport(mutants: readonly Mutant[]): string {
  const survivors = mutants.filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
  const files = [...Map.groupBy(mutants, ({ file }) => file)].toSorted(([a], [b]) => (a < b ? -1 : 1))
  const rows = [...files, ['all', mutants] as const].map(([name, of]) => row(name, scoreOf(of)))
  const width = Math.max(...rows.map(([name]) => name.length))
  const table = [HEAD, ...rows].map(([name, ...cells]) =>
    [name.padEnd(width), ...cells.map((cell, at) => cell.padStart((HEAD[at + 1] ?? '').length))].join('  '),
  )
  return [...survivors.map(line), '', ...table].join('\n')
}

const HEAD = ['file', 'score %', 'killed', 'timed out', 'survived', 'not reached', 'invalid'] as const

function row(name: string, { killed, timeout, survived, untested, invalid }: Score): [string, ...string[]] {
  const caught = killed + timeout
  const score = (100 * caught) / (caught + survived + untested)
  return [name, score.toFixed(1), ...[killed, timeout, survived, untested, invalid].map(String)]
}

function scoreOf(mutants: readonly Mutant[]): Score {
  const count = (...statuses: Mutant['status'][]): number =>
    mutants.filter(({ status }) => statuses.includes(status)).length
  return {
    killed: count('Killed'),
    timeout: count('Timeout'),
    survived: count('Survived'),
    untested: count('NoCoverage'),
    invalid: count('RuntimeError', 'CompileError', 'Ignored', 'Pending'),
  }
}

function line({ file, line, original, replacement, status }: Mutant): string {
  const what = status === 'NoCoverage' ? 'not reached' : 'survived'
  return `${file}:${line} ${what}: ${short(original)} changed to ${short(replacement)}`
}

function short(code: string): string {
  const flat = code.replace(/\s+/g, ' ')
  return flat.length > 60 ? `${flat.slice(0, 59)}…` : flat
}
