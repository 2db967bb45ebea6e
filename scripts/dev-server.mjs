import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './workerd.mjs'
import { startWrangler } from './wrangler.mjs'

/**
 * The whole product under `wrangler dev`, page included, on a free port; its storage is thrown away at the end.
 * `args` go to wrangler.
 *
 * @param {string[]} args
 */
export async function startDevServer(args = []) {
  const port = await freePort()
  const url = `http://localhost:${port}`
  const folder = mkdtempSync(join(tmpdir(), 'hallway-'))
  const places = ['--port', `${port}`, '--inspector-port', '0', '--persist-to', folder]
  const wrangler = startWrangler([...places, ...args])
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  for (const signal of ['SIGHUP', 'SIGTERM']) process.once(signal, () => process.exit(1))
  if (!(await wrangler.answers(url))) throw new Error('wrangler dev ended before it answered, see above')
  return { url, stop: wrangler.stop }
}
