import type { TestProject } from 'vitest/node'
import { buildPage, startDevServer } from '../../tools/dev-server.mjs'

declare module 'vitest' {
  interface ProvidedContext {
    baseUrl: string
    /** The same, where new visitors of a room pass a challenge first. */
    challengedUrl: string
  }
}

/** Turnstile's own keys for tests. */
export const TURNSTILE = {
  TURNSTILE_SITE_KEY: '1x00000000000000000000AA',
  TURNSTILE_SECRET_KEY: '1x0000000000000000000000000000000AA',
}

/** All tests come from one address, which may do as much as all of them need. */
const ONE_NETWORK = { ROOMS_A_DAY: '10000', ROOMS_BEGUN_A_DAY: '10000', REDEMPTIONS_A_MINUTE: '10000' }

/**
 * One server for all browser tests but those of the challenge. The page is built before either starts: a server that
 * builds it sees its files change, and may drop its connections once more while tests run.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  buildPage()
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
