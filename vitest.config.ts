import { cloudflareTest } from '@cloudflare/vitest-pool-workers'
import { defineConfig } from 'vitest/config'

// Many tests wait more than they work, so more files run at once than there are cores. First unit and simulation; then
// process, which measures memory and restarts and needs the machine to itself; then browser; then start, which builds the
// page into the folder that the browser tests are served from. Last worker: now and then one of its files never stops after
// its last test (github.com/cloudflare/workers-sdk/issues/15498), and whatever came after it would wait for ever.

const START = 'test/process/start.test.ts'
/** Files of a group that run at the same time. */
const AT_ONCE = 3
/** Long enough for a busy machine: only a test that hangs fails. */
const PATIENCE_MS = 120_000
const BROWSER_PATIENCE_MS = 240_000
const BROWSER_STEP_MS = 60_000
const SIMULATION_MS = 600_000
/** `npm run test:long` runs every variant of the exhaustive tests; `npm test` some of each kind. */
const provide = { isLong: process.env.LONG === '1' }
const expect = { poll: { timeout: 30_000 } }
/** After this many failures a shared part must be broken, and the rest would only wait for it too. */
const BROKEN = 25

export default defineConfig({
  test: {
    silent: 'passed-only',
    bail: BROKEN,
    projects: [
      {
        oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.{ts,tsx}'],
          setupFiles: ['test/unit/leave-as-found.ts', 'test/unit/client/in-english.ts'],
          // A process for each file took half of the time.
          isolate: false,
          expect,
          testTimeout: PATIENCE_MS,
          maxWorkers: AT_ONCE,
        },
      },
      {
        test: {
          name: 'simulation',
          include: ['test/simulation/**/*.test.ts'],
          testTimeout: SIMULATION_MS,
          maxWorkers: AT_ONCE,
        },
      },
      {
        plugins: [
          cloudflareTest({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: { ratelimits: { TEST_RATE: { namespace_id: '1', simple: { limit: 3, period: 60 } } } },
            verbose: false,
          }),
        ],
        test: {
          name: 'worker',
          provide,
          include: ['test/worker/**/*.test.ts'],
          testTimeout: PATIENCE_MS,
          maxWorkers: AT_ONCE,
          sequence: { groupOrder: 4 },
        },
      },
      {
        test: {
          name: 'process',
          include: ['test/process/**/*.test.ts'],
          exclude: [START],
          expect,
          globalSetup: 'test/process/bundle.ts',
          fileParallelism: false,
          testTimeout: PATIENCE_MS,
          hookTimeout: PATIENCE_MS,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          expect: { poll: { timeout: BROWSER_STEP_MS } },
          globalSetup: 'test/browser/server.ts',
          maxWorkers: AT_ONCE,
          sequence: { groupOrder: 2 },
          testTimeout: BROWSER_PATIENCE_MS,
          hookTimeout: BROWSER_PATIENCE_MS,
        },
      },
      {
        test: {
          name: 'start',
          include: [START],
          testTimeout: PATIENCE_MS,
          hookTimeout: PATIENCE_MS,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
})
