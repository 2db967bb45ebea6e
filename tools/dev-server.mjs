import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unstable_readConfig as readConfig } from 'wrangler'
import { freePort } from './free-port.mjs'
import { root } from './install.mjs'
import { startWrangler } from './wrangler.mjs'

/** Longer than a busy machine takes to build the page and start the server. */
const START_MS = 3 * 60_000
const TRIES = 3
/** Everyone here comes from one address, and together they do more in an hour than one network may in a day. */
const ONE_ADDRESS = ['--var', 'NETWORK_UNITS_A_DAY:1000000000']

/**
 * Starts the whole product, page included, under `wrangler dev` on a free port, and deletes its storage at the end.
 * `args` go to wrangler. With `isBuilt` it serves the page that `buildPage` has built, and does not watch its files.
 * `rooms` of the server is the folder of the rooms' databases.
 *
 * @param {string[]} args
 * @param {{ isBuilt?: boolean }} [page]
 */
export async function startDevServer(args = [], { isBuilt = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'hallway-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  for (const signal of ['SIGHUP', 'SIGTERM']) process.once(signal, () => process.exit(1))
  // Another program may take a free port before wrangler does.
  for (let tries = 0; tries < TRIES; tries++) {
    const port = await freePort()
    const url = `http://localhost:${port}`
    const places = ['--port', `${port}`, '--inspector-port', '0', '--persist-to', folder]
    const config = isBuilt ? ['--config', writeConfigWithoutBuild(folder)] : []
    const wrangler = startWrangler([...places, ...config, ...ONE_ADDRESS, ...args])
    if (await wrangler.answers(url, START_MS))
      return { url, rooms: join(folder, 'v3/do'), stop: wrangler.stop }
    await wrangler.stop()
  }
  throw new Error('wrangler dev did not respond. See above.')
}

/** @param {string} folder */
function writeConfigWithoutBuild(folder) {
  const config = readConfig({ config: `${root}wrangler.toml` }, { hideWarnings: true })
  const { name, main, compatibility_date, compatibility_flags, keep_names, vars } = config
  const { durable_objects, migrations, assets } = config
  const worker = { name, main, compatibility_date, compatibility_flags, keep_names, vars, durable_objects }
  const path = join(folder, 'wrangler.json')
  const directory = join(root, assets?.directory ?? '')
  writeFileSync(path, JSON.stringify({ ...worker, migrations, assets: { ...assets, directory } }))
  return path
}
