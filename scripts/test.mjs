// Runs everything: installs missing packages, then the checks of scripts/check.mjs, then all tests. Arguments after
// `npm test --` go to vitest. Browser tests may fail on a busy machine: if only a few of their files fail, these run once
// more, and the tests that pass only then are named. A run that hangs starts again, once.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureChromium } from '../tools/chromium.mjs'
import { installPackages, node, root } from '../tools/install.mjs'
import { HUNG, RESULT_FILE } from './tally.mjs'

/** @import { Result } from './tally.mjs' */

/** The most failed files that run again: more failures have a common cause. */
const MAX_RETRIED_FILES = 3

installPackages()
const env = { ...process.env, CHROMIUM: await ensureChromium() }

quietly('scripts/check.mjs')
const args = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'hallway-tests-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
// Ctrl-C reaches vitest without help; it stops the browser and the server before it ends.
process.on('SIGINT', () => {})

const { passed, skipped, failures } = (await vitest(args)) ?? (await rerunAll(args))
const files = [...new Set(failures.map(({ file }) => file))]
const canRetry = files.length <= MAX_RETRIED_FILES && failures.every(({ project }) => project === 'browser')
let failed = failures
if (failures.length > 0 && canRetry) {
  console.log(`Run again, with a server of their own: ${files.join(', ')}`)
  failed = (await vitest(['--project', 'browser', ...files]))?.failures ?? failures
}
const failedNames = new Set(failed.map(nameOf))
const flaky = failures.filter((failure) => !failedNames.has(nameOf(failure)))
const skippedToo = skipped > 0 ? `, ${skipped} skipped` : ''
console.log(`${passed + flaky.length} passed, ${failed.length} failed${skippedToo}`)
if (flaky.length > 0)
  console.log(`\nSECOND TRY: ${flaky.length} passed only when run again. Each is a fault:`)
for (const failure of flaky)
  console.log(`SECOND TRY: ${nameOf(failure)}\n${failure.error.replace(/^/gm, '  first try: ')}`)
process.exit(failed.length > 0 ? 1 : 0)

/**
 * Runs vitest once and reads its result file; undefined if it hung.
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
    // An error of vitest itself, outside any test.
    if (code !== 0 && result.failures.length === 0) process.exit(1)
    return result
  } catch {
    process.exit(code || 1)
  }
}

/** @param {string[]} args */
async function rerunAll(args) {
  console.log('The run above hung. Starting all of it again.')
  return (await vitest(args)) ?? process.exit(1)
}

/** @param {import('./tally.mjs').Failure} failure */
function nameOf({ file, name }) {
  return `${file} > ${name}`
}

/** Runs a script, and shows its output only if it fails.
 * @param {string} script */
function quietly(script) {
  const result = spawnSync(node, [script], { cwd: root, encoding: 'utf8' })
  if (result.status === 0) return
  process.stdout.write(result.stdout)
  process.stderr.write(result.stderr)
  process.exit(1)
}
