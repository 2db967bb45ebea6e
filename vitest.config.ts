import { cloudflareTest } from '@cloudflare/vitest-pool-workers'
import { defineConfig } from 'vitest/config'

// What takes every core or runs other processes has the machine to itself: unit and worker first, then simulation,
// process, browser.

/** A busy machine is no failure: this ends only what hangs. */
const PATIENCE_MS = 60_000
const SIMULATION_MS = 600_000

export default defineConfig({
  test: {
    silent: 'passed-only',
    projects: [
      {
        oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
        test: { name: 'unit', include: ['test/unit/**/*.test.{ts,tsx}'], testTimeout: PATIENCE_MS },
      },
      {
        test: {
          name: 'simulation',
          include: ['test/simulation/**/*.test.ts'],
          testTimeout: SIMULATION_MS,
          sequence: { groupOrder: 1 },
        },
      },
      {
        plugins: [cloudflareTest({ wrangler: { configPath: './wrangler.toml' }, verbose: false })],
        test: { name: 'worker', include: ['test/worker/**/*.test.ts'], testTimeout: PATIENCE_MS },
      },
      {
        test: {
          name: 'process',
          include: ['test/process/**/*.test.ts'],
          globalSetup: 'test/process/bundle.ts',
          fileParallelism: false,
          testTimeout: PATIENCE_MS,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: 'test/browser/server.ts',
          fileParallelism: false,
          sequence: { groupOrder: 3 },
          testTimeout: PATIENCE_MS,
          hookTimeout: PATIENCE_MS,
        },
      },
    ],
  },
})
