import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unstable_readConfig as readConfig } from 'wrangler'
import { node, root } from './install.mjs'
import { freePort } from './workerd.mjs'
import { startWrangler } from './wrangler.mjs'

/** Longer than it takes to build the page and to start, on a busy machine too. */
const START_MS = 3 * 60_000
const TRIES = 3

/**
 * The whole product under `wrangler dev`, page included, on a free port; its storage is thrown away at the end.
 * `args` go to wrangler. With `isBuilt` it serves what `buildPage` has built, and watches nothing of it.
 *
 * @param {string[]} args
 * @param {{ isBuilt?: boolean }} [page]
 */
export async function startDevServer(args = [], { isBuilt = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'hallway-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  for (const signal of ['SIGHUP', 'SIGTERM']) process.once(signal, () => process.exit(1))
  // A port that is free may be somebody else's before wrangler has it.
  for (let tries = 0; tries < TRIES; tries++) {
    const port = await freePort()
    const url = `http://localhost:${port}`
    const places = ['--port', `${port}`, '--inspector-port', '0', '--persist-to', folder]
    const config = isBuilt ? ['--config', writeConfigWithoutBuild(folder)] : []
    const wrangler = startWrangler([...places, ...config, ...args])
    if (await wrangler.answers(url, START_MS)) return { url, stop: wrangler.stop }
    await wrangler.stop()
  }
  throw new Error('wrangler dev did not answer, see above')
}

/** Builds the page for production, also where a test (NODE_ENV=test) asks for it. */
export function buildPage() {
  const args = ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn']
  const env = { ...process.env, NODE_ENV: undefined }
  const { status } = spawnSync(node, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] })
  if (status !== 0) throw new Error('The page does not build, see above')
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
