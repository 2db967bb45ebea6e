import type { TestProject } from 'vitest/node'
import { buildPage } from '../../tools/build-page.mjs'
import { startDevServer } from '../../tools/dev-server.mjs'

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

/** All tests come from one address, so its limits are raised. */
const ONE_NETWORK = { ROOMS_A_DAY: '10000', ROOMS_BEGUN_A_DAY: '10000', REDEMPTIONS_A_MINUTE: '10000' }

/**
 * One server for all browser tests except those of the challenge. The page is built before either starts, because a
 * server that sees its files change may drop its connections while tests run.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (!buildPage()) throw new Error('The page does not build. See above.')
  const [{ url, stop }, challenged] = await Promise.all([
    startDevServer(varsOf(ONE_NETWORK), { isBuilt: true }),
    startDevServer(varsOf(TURNSTILE), { isBuilt: true }),
  ])
  project.provide('baseUrl', url)
  project.provide('challengedUrl', challenged.url)
  return async () => {
    await Promise.all([stop(), challenged.stop()])
  }
}

function varsOf(vars: Readonly<Record<string, string>>): string[] {
  return Object.entries(vars).flatMap(([name, value]) => ['--var', `${name}:${value}`])
}
