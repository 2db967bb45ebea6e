import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { buildPage } from '../../tools/build-page.mjs'
import { startProduct } from '../../tools/product.mjs'
import { bundleWorker } from '../../tools/workerd.mjs'

declare module 'vitest' {
  interface ProvidedContext {
    baseUrl: string
    /** The same server, with a challenge for new visitors. */
    challengedUrl: string
  }
}

/** Turnstile's test keys. */
export const TURNSTILE = {
  TURNSTILE_SITE_KEY: '1x00000000000000000000AA',
  TURNSTILE_SECRET_KEY: '1x0000000000000000000000000000000AA',
}

/** One server for all browser tests except those of the challenge. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (!buildPage()) throw new Error('The page does not build. See above.')
  const folder = mkdtempSync(join(tmpdir(), 'hallway-'))
  const bundle = bundleWorker(folder)
  const [product, challenged] = await Promise.all([startProduct(bundle), startProduct(bundle, TURNSTILE)])
  project.provide('baseUrl', product.url)
  project.provide('challengedUrl', challenged.url)
  return async () => {
    await Promise.all([product.stop(), challenged.stop()])
    rmSync(folder, { recursive: true, force: true })
  }
}
