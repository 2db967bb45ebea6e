// npm run bench: see README.md in this folder.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from '../tools/install.mjs'
import { about } from './about.ts'
import { measure } from './measure.ts'
import { pinning } from './pinning.ts'
import { oneLine } from './report/one-line.ts'
import { printTable } from './report/table.ts'
import { writeReport } from './report/write-report.ts'
import { keepResults, type Run, readResults } from './results.ts'
import { type Scenario, scenarios } from './scenarios.ts'
import { allSystems } from './systems/systems.ts'

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    systems: { type: 'string' },
    rounds: { type: 'string' },
    add: { type: 'boolean', default: false },
    out: { type: 'string' },
    report: { type: 'boolean', default: false },
  },
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))

const out =
  values.out ?? join(root, values.quick || (values.only && !values.add) ? 'bench/out' : 'docs/bench')
mkdirSync(out, { recursive: true })

if (!values.report) await runAll()
const results = readResults(out)
printTable(results)
writeReport(out, results)
if (results.runs.some(({ failed }) => failed !== undefined)) process.exitCode = 1
console.log(`\nThe report is ${join(out, 'README.md')}`)

async function runAll(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'hallway-bench-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const bench = { folder, pinning: pinning() }
  const systems = allSystems(folder)
  const planned = plan()
  for (const system of systems)
    if (planned.some((one) => one.systems.includes(system.name))) system.prepare?.()
  const of = about({ pinned: bench.pinning.server.length > 0, command: command() })
  const keep = keepResults(out, of, values.add ? planned.map(({ name }) => name) : undefined)
  for (const { scenario, name, round } of interleaved(planned)) {
    const system = systems.find((one) => one.name === name)
    if (system === undefined) throw new Error(`The bench has no system ${name}`)
    const run = {
      commit: of.commit,
      scenario: scenario.name,
      title: scenario.title,
      system: name,
      systemTitle: system.title,
      round,
    }
    const outcome = await measure(bench, system, scenario).catch((fault) => ({
      figures: {},
      failed: String(fault),
    }))
    const measured: Run = { ...run, ...outcome }
    keep(measured)
    console.log(oneLine(measured))
  }
}

function plan(): Scenario[] {
  const only = values.only?.split(',')
  const chosen = values.systems?.split(',')
  return scenarios(values)
    .filter(({ name }) => only === undefined || only.includes(name))
    .map((scenario) => ({
      ...scenario,
      rounds: values.rounds === undefined ? scenario.rounds : Number(values.rounds),
      systems:
        chosen === undefined ? scenario.systems : scenario.systems.filter((name) => chosen.includes(name)),
    }))
}

/** Each round starts with another system, so that a passing disturbance of the machine affects all alike. */
function* interleaved(
  planned: readonly Scenario[],
): Generator<{ scenario: Scenario; name: string; round: number }> {
  for (const scenario of planned) {
    const { systems, rounds } = scenario
    for (let round = 0; round < rounds; round++) {
      for (let at = 0; at < systems.length; at++) {
        const name = systems[(at + round) % systems.length]
        if (name !== undefined) yield { scenario, name, round }
      }
    }
  }
}

function command(): string {
  return ['npm run bench', ...(process.argv.length > 2 ? ['--', ...process.argv.slice(2)] : [])].join(' ')
}
