import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { freePort } from '../../scripts/workerd.mjs'
import { startWrangler } from '../../scripts/wrangler.mjs'

declare module 'vitest' {
  interface ProvidedContext {
    baseUrl: string
  }
}

/** One `wrangler dev` for all browser tests, on a free port, its storage thrown away at the end. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const port = await freePort()
  const baseUrl = `http://localhost:${port}`
  const folder = mkdtempSync(join(tmpdir(), 'hallway-'))
  const wrangler = startWrangler(['--port', `${port}`, '--inspector-port', '0', '--persist-to', folder])
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  for (const signal of ['SIGHUP', 'SIGTERM']) process.once(signal, () => process.exit(1))
  if (!(await wrangler.answers(baseUrl))) {
    throw new Error('wrangler dev ended before it answered, see above')
  }
  project.provide('baseUrl', baseUrl)
  return wrangler.stop
}
