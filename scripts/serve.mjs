// Serves Hallway from this machine, on workerd alone: see docs/self-hosting.md.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from '../tools/install.mjs'
import { buildServer } from '../tools/serve/build-server.mjs'
import { lockData } from '../tools/serve/lock-data.mjs'
import { runServer } from '../tools/serve/run-server.mjs'
import { sweepData } from '../tools/serve/sweep-data.mjs'
import { isTaken } from '../tools/wrangler.mjs'

const USAGE = `npm run serve -- [--port 8787] [--host 127.0.0.1] [--data data] [--proxy] [--build]

  --port, --host  where it listens
  --data          the folder of the rooms, seen from this one; one server can use it at a time
  --proxy         a proxy on the way ends TLS: believe its X-Forwarded-Proto and X-Forwarded-For
  --build         only build

Settings come from the environment: HOSTS=chat.example.com and all others of wrangler.toml, and the secret ADMIN_TOKEN.
NAME_FILE names a file that holds the value of NAME.`

const { values: flags } = parseArgs({
  options: {
    port: { type: 'string', default: '8787' },
    host: { type: 'string', default: '127.0.0.1' },
    data: { type: 'string', default: 'data' },
    proxy: { type: 'boolean', default: false },
    build: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
if (flags.help) {
  console.log(USAGE)
  process.exit()
}

const started = performance.now()
const server = await buildServer().catch((fault) => fail(fault.message))
if (flags.build) process.exit()
// Other users of the machine read no room. They may run what was built, so this comes after it.
process.umask(0o077)

const port = Number(flags.port)
const address = `${flags.host.includes(':') ? `[${flags.host}]` : flags.host}:${port}`
const data = resolve(root, flags.data)
if (!lockData(data)) fail(`Another server uses ${data}. Stop it, or choose another folder with --data.`)
if (await isTaken(port, flags.host)) fail(`Port ${port} is in use. Choose another with --port.`)
sweepData(data)

const defaults = {
  ...server.settings,
  // Without a proxy a sender could claim any address.
  ADDRESS_HEADER: flags.proxy ? 'X-Forwarded-For' : 'none',
  // A page of another site can make its own name point to this machine.
  HOSTS: 'localhost',
}
const settings = Object.fromEntries(
  Object.entries(defaults).map(([name, value]) => [name, settingOf(name) ?? value]),
)
const running = runServer(server, { data, address, isProxied: flags.proxy, env: settings })
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.once(signal, async () => {
    await running.stop()
    process.exit()
  })
if (await running.answers())
  console.log(
    `Hallway runs at http://${address} as process ${running.pid}, after ${Math.round(performance.now() - started)} ms`,
  )
process.exit(await running.ended)

/** @param {string} name */
function settingOf(name) {
  const file = process.env[`${name}_FILE`]
  return file === undefined ? process.env[name] : readFileSync(file, 'utf8').trim()
}

/** @param {string} message @returns {never} */
function fail(message) {
  console.error(message)
  process.exit(1)
}
