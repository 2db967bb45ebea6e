import type { TestProject } from 'vitest/node'
import { startDevServer } from '../../tools/dev-server.mjs'

declare module 'vitest' {
  interface ProvidedContext {
    baseUrl: string
    /** The same, where whoever is new to a room passes a challenge first. */
    challengedUrl: string
  }
}

/** Turnstile's own keys for tests. */
export const TURNSTILE = {
  TURNSTILE_SITE_KEY: '1x00000000000000000000AA',
  TURNSTILE_SECRET_KEY: '1x0000000000000000000000000000000AA',
}

/**
 * One server for all browser tests but those of the challenge. Each builds the page as it starts, so that both have to
 * have started before either is looked at.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const keys = Object.entries(TURNSTILE).flatMap(([name, value]) => ['--var', `${name}:${value}`])
  const challenged = await startDevServer(keys)
  const { url, stop } = await startDevServer()
  project.provide('baseUrl', url)
  project.provide('challengedUrl', challenged.url)
  return async () => {
    await Promise.all([stop(), challenged.stop()])
  }
}
