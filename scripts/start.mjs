// Installs missing packages, builds the page and serves Hallway on this machine. Arguments after `npm start --` go to
// `wrangler dev`: --port, --ip, --log-level and the rest. It answers under `localhost`, the host of --ip and addresses only;
// for another name add --var HOSTS:chat.lan.
import { networkInterfaces } from 'node:os'
import { parseArgs } from 'node:util'
import { buildPage } from '../tools/build-page.mjs'
import { freePort } from '../tools/free-port.mjs'
import { createHostGuard } from '../tools/host-guard.mjs'
import { installPackages } from '../tools/install.mjs'
import { DEFAULT_PORT, isTaken, startWrangler } from '../tools/wrangler.mjs'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: `${DEFAULT_PORT}` },
    ip: { type: 'string', default: 'localhost' },
  },
  strict: false,
})
const HOSTS = /^(?:--var=)?HOSTS:/
const port = Number(values.port)
const host = ['0.0.0.0', '::', '*'].includes(String(values.ip)) ? 'localhost' : String(values.ip)
const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`

installPackages()
if (await isTaken(port, host)) fail(`Port ${port} is in use. Choose another: npm start -- --port ${port + 1}`)
// Wrangler builds the page too, but buries an error in output of its own.
if (!buildPage()) fail('The page does not build. See above.')

const args = process.argv
  .slice(2)
  .filter((arg, n, all) => !isPlace(arg) && !/^--(?:port|ip)$/.test(all[n - 1] ?? ''))
const hosts = args.findLast((arg) => HOSTS.test(arg))?.replace(HOSTS, '') ?? host
const inner = await freePort()
for (const address of addressesOf(String(values.ip)))
  createHostGuard({ hosts: hosts.toLowerCase().split(/[ ,]+/), to: inner })
    .once('error', (fault) => fail(`${url} cannot be used: ${fault.message}`))
    .listen(port, address)

const wrangler = startWrangler([
  ...['--ip', '127.0.0.1', '--port', `${inner}`],
  // Nothing in front reports addresses: a sender could claim any in the header that wrangler.toml names.
  ...['--var', 'ADDRESS_HEADER:none', '--var', `HOSTS:${hosts}`],
  ...args,
])
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, wrangler.stop)
endWithParent()
if (await wrangler.answers(`http://127.0.0.1:${inner}`)) {
  console.log(`Hallway runs at ${url}`)
  console.log(`Share a room by its link, such as ${url}/r/main (Ctrl-C stops the server)`)
}
process.exit(await wrangler.ended)

// A killed npm does not end its child processes.
function endWithParent() {
  const parent = process.ppid
  setInterval(() => process.ppid !== parent && wrangler.stop(), 500).unref()
}

/** The port and the address are the guard's. @param {string} arg */
function isPlace(arg) {
  return /^--(?:port|ip)(?:=|$)/.test(arg)
}

/** @param {string} ip */
function addressesOf(ip) {
  if (ip === '*') return ['::']
  // Browsers try both.
  return ip === 'localhost' ? ['127.0.0.1', ...(hasIpv6() ? ['::1'] : [])] : [ip]
}

function hasIpv6() {
  return Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'))
}

/** @param {string} message @returns {never} */
function fail(message) {
  console.error(message)
  process.exit(1)
}
