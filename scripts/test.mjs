// Everything: installs what is missing, then types, lint and arrows, then the unit, Worker and browser tests.
// What follows `npm test --` goes to vitest.
import { spawn, spawnSync } from 'node:child_process'
import { ensureChromium } from './chromium.mjs'
import { installPackages, node, root } from './install.mjs'

installPackages()
const env = { ...process.env, CHROMIUM: ensureChromium() }

quietly('scripts/check.mjs')
const reporters = ['--reporter=minimal', '--reporter=./scripts/tally.mjs']
const vitest = ['node_modules/vitest/vitest.mjs', 'run', ...reporters, ...process.argv.slice(2)]
const run = spawn(node, vitest, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] })
run.once('exit', (code) => process.exit(code ?? 1))
// Ctrl-C reaches vitest by itself; it ends the browser and the server before it ends.
process.on('SIGINT', () => {})
for (const signal of /** @type {const} */ (['SIGHUP', 'SIGTERM'])) process.on(signal, () => run.kill(signal))

/** Runs a script and shows what it said only if it failed.
 * @param {string} script */
function quietly(script) {
  const result = spawnSync(node, [script], { cwd: root, encoding: 'utf8' })
  if (result.status === 0) return
  process.stdout.write(result.stdout)
  process.stderr.write(result.stderr)
  process.exit(1)
}
