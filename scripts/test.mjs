// Everything: installs what is missing, then types, lint and arrows, then the unit, Worker and browser tests.
// What follows `npm test --` goes to vitest. A browser on a busy machine is not to be relied on: where few files of
// browser tests fail and nothing else does, they run once more, and what passes only then is named. A run that hangs (now
// and then a file of Worker tests never begins: github.com/cloudflare/workers-sdk/issues/15498) is begun anew, once.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureChromium } from '../tools/chromium.mjs'
import { installPackages, node, root } from '../tools/install.mjs'
import { HUNG, RESULT_FILE } from './tally.mjs'

/** @import { Result } from './tally.mjs' */

/** More files of browser tests that fail are no accident. */
const ACCIDENTS = 3

installPackages()
const env = { ...process.env, CHROMIUM: ensureChromium() }

quietly('scripts/check.mjs')
const args = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'hallway-tests-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
// Ctrl-C reaches vitest by itself; it ends the browser and the server before it ends.
process.on('SIGINT', () => {})

const { passed, skipped, failures } = (await vitest(args)) ?? (await again(args))
const files = [...new Set(failures.map(({ file }) => file))]
const isAccident = files.length <= ACCIDENTS && failures.every(({ project }) => project === 'browser')
let left = failures
if (failures.length > 0 && isAccident) {
  console.log(`Once more, with a server of their own: ${files.join(', ')}`)
  left = (await vitest(['--project', 'browser', ...files]))?.failures ?? failures
}
const still = new Set(left.map(nameOf))
const accidents = failures.filter((failure) => !still.has(nameOf(failure)))
const closing = skipped > 0 ? `, ${skipped} skipped` : ''
console.log(`${passed + accidents.length} passed, ${left.length} failed${closing}`)
if (accidents.length > 0)
  console.log(`\nSECOND TRY: ${accidents.length} passed only when run again. Each is a fault:`)
for (const failure of accidents)
  console.log(`SECOND TRY: ${nameOf(failure)}\n${failure.error.replace(/^/gm, '  first try: ')}`)
process.exit(left.length > 0 ? 1 : 0)

/**
 * One run of vitest, which is over when it has told how it ended; undefined where it hung.
 *
 * @param {string[]} args
 * @returns {Promise<Result | undefined>}
 */
async function vitest(args) {
  const file = join(folder, 'result.json')
  rmSync(file, { force: true })
  const reporters = ['--reporter=minimal', '--reporter=./scripts/tally.mjs']
  const run = spawn(node, ['node_modules/vitest/vitest.mjs', 'run', ...reporters, ...args], {
    cwd: root,
    env: { ...env, [RESULT_FILE]: file },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  for (const signal of /** @type {const} */ (['SIGHUP', 'SIGTERM']))
    process.once(signal, () => run.kill(signal))
  /** @type {number | null} */
  const code = await new Promise((resolve) => run.once('exit', resolve))
  if (code === HUNG) return undefined
  try {
    const result = /** @type {Result} */ (JSON.parse(readFileSync(file, 'utf8')))
    // What vitest itself finds wrong, and counts as no test.
    if (code !== 0 && result.failures.length === 0) process.exit(1)
    return result
  } catch {
    process.exit(code || 1)
  }
}

/** @param {string[]} args */
async function again(args) {
  console.log('Once more, all of it: the run above hung')
  return (await vitest(args)) ?? process.exit(1)
}

/** @param {import('./tally.mjs').Failure} failure */
function nameOf({ file, name }) {
  return `${file} > ${name}`
}

/** Runs a script and shows what it said only if it failed.
 * @param {string} script */
function quietly(script) {
  const result = spawnSync(node, [script], { cwd: root, encoding: 'utf8' })
  if (result.status === 0) return
  process.stdout.write(result.stdout)
  process.stderr.write(result.stderr)
  process.exit(1)
}
