import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './workerd.mjs'
import { startWrangler } from './wrangler.mjs'

/** Longer than it takes to build the page and to start, on a busy machine too. */
const START_MS = 3 * 60_000
const TRIES = 3

/**
 * The whole product under `wrangler dev`, page included, on a free port; its storage is thrown away at the end.
 * `args` go to wrangler.
 *
 * @param {string[]} args
 */
export async function startDevServer(args = []) {
  const folder = mkdtempSync(join(tmpdir(), 'hallway-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  for (const signal of ['SIGHUP', 'SIGTERM']) process.once(signal, () => process.exit(1))
  // A port that is free may be somebody else's before wrangler has it.
  for (let tries = 0; tries < TRIES; tries++) {
    const port = await freePort()
    const url = `http://localhost:${port}`
    const places = ['--port', `${port}`, '--inspector-port', '0', '--persist-to', folder]
    const wrangler = startWrangler([...places, ...args])
    if (await wrangler.answers(url, START_MS)) return { url, stop: wrangler.stop }
    await wrangler.stop()
  }
  throw new Error('wrangler dev did not answer, see above')
}
