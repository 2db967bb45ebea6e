// Installs missing packages, builds the page and serves Hallway on this machine. Arguments after `npm start --` go to
// `wrangler dev`: --port, --ip, --log-level and the rest. It answers under `localhost`, the host of --ip and addresses only;
// for another name add --var HOSTS:chat.lan.
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { buildPage } from '../tools/build-page.mjs'
import { installPackages, root } from '../tools/install.mjs'
import { DEFAULT_PORT, isTaken, startWrangler } from '../tools/wrangler.mjs'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: `${DEFAULT_PORT}` },
    ip: { type: 'string', default: 'localhost' },
    config: { type: 'string' },
  },
  strict: false,
})
const port = Number(values.port)
const host = ['0.0.0.0', '::', '*'].includes(String(values.ip)) ? 'localhost' : String(values.ip)
const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`

installPackages()
if (await isTaken(port, host)) fail(`Port ${port} is in use. Choose another: npm start -- --port ${port + 1}`)
// Wrangler builds the page too, but buries an error in output of its own.
if (!buildPage()) fail('The page does not build. See above.')

const wrangler = startWrangler([
  ...(values.config === undefined ? ['--config', writeConfig()] : []),
  // No proxy is in front: a sender could claim any address in the header that wrangler.toml names.
  ...['--var', 'ADDRESS_HEADER:none'],
  ...['--var', `HOSTS:${host}`],
  ...process.argv.slice(2),
])
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

// wrangler.toml, but with the Worker before the files: wrangler would serve them under any name. It stands beside
// wrangler.toml, so that the paths in it, `.dev.vars` and the rooms are the same.
function writeConfig() {
  const path = `${root}wrangler.start.toml`
  const config = readFileSync(`${root}wrangler.toml`, 'utf8')
  writeFileSync(path, config.replace('\n[assets]\n', '$&run_worker_first = true\n'))
  return path
}

/** @param {string} message @returns {never} */
function fail(message) {
  console.error(message)
  process.exit(1)
}
