// Installs missing packages, builds the page and serves Hallway on this machine. Arguments after `npm start --` go to
// `wrangler dev`: --port, --ip, --log-level and the rest.
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { installPackages, node, root } from '../tools/install.mjs'
import { DEFAULT_PORT, isTaken, startWrangler } from '../tools/wrangler.mjs'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: `${DEFAULT_PORT}` },
    ip: { type: 'string', default: 'localhost' },
  },
  strict: false,
})
const port = Number(values.port)
const host = ['0.0.0.0', '::', '*'].includes(String(values.ip)) ? 'localhost' : String(values.ip)
const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`

installPackages()
if (await isTaken(port, host)) fail(`Port ${port} is in use. Choose another: npm start -- --port ${port + 1}`)
buildPage()

const wrangler = startWrangler(process.argv.slice(2))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, wrangler.stop)
endWithParent()
if (await wrangler.answers(url)) {
  console.log(`Hallway runs at ${url}`)
  console.log(`Share a room by its link, such as ${url}/r/main (Ctrl-C stops the server)`)
}
process.exitCode = await wrangler.ended

// A killed npm does not end its child processes.
function endWithParent() {
  const parent = process.ppid
  setInterval(() => process.ppid !== parent && wrangler.stop(), 500).unref()
}

// Wrangler builds the page too, but buries an error in output of its own.
function buildPage() {
  const build = [`${root}node_modules/vite/bin/vite.js`, 'build', '--logLevel', 'warn']
  const { status } = spawnSync(node, build, { cwd: root, stdio: 'inherit' })
  if (status !== 0) fail('The page does not build. See above.')
}

/** @param {string} message @returns {never} */
function fail(message) {
  console.error(message)
  process.exit(1)
}
