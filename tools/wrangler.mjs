import { spawn } from 'node:child_process'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { node, root } from './install.mjs'

const CLI = `${root}node_modules/wrangler/wrangler-dist/cli.js`
const GRACE_MS = 5_000
/** A request may get lost while wrangler starts: it is sent again after this time. */
const ANSWER_MS = 5_000
export const DEFAULT_PORT = 8787

// Used unless `args` has the same flag, which wrangler takes only once. Without a port, wrangler would pick a free one.
// With a route of its own domain, it would hide from the Worker under which name it was called.
const DEFAULTS = {
  port: DEFAULT_PORT,
  'log-level': 'warn',
  'show-interactive-dev-session': false,
  'infer-origin-from-routes': false,
}
const QUIET_ENV = {
  CI: 'true',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  WRANGLER_SEND_METRICS: 'false',
  // The page is built for production, also when a test (NODE_ENV=test) starts this.
  NODE_ENV: undefined,
}

/**
 * Starts `wrangler dev` without questions or chatter. It gets its own process group, because ending wrangler alone may
 * leave its workerd running, which keeps the port.
 *
 * @param {string[]} args
 */
export function startWrangler(args) {
  const child = spawn(node, [CLI, 'dev', ...defaultsBeside(args), ...args], {
    cwd: root,
    env: { ...process.env, ...QUIET_ENV },
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  })
  let stopping = false
  /** @type {Promise<number>} */
  const ended = new Promise((resolve) => child.once('exit', (code) => resolve(stopping ? 0 : (code ?? 1))))
  process.once('exit', killGroup)

  return {
    ended,

    /** Resolves to true once the Worker responds at `url`, to false if wrangler ends first or time runs out.
     * @param {string} url
     * @param {number} [withinMs] */
    async answers(url, withinMs = Number.POSITIVE_INFINITY) {
      const end = performance.now() + withinMs
      while (child.exitCode === null && child.signalCode === null && performance.now() < end) {
        const signal = AbortSignal.timeout(ANSWER_MS)
        const response = await fetch(`${url}/healthz`, { signal }).catch(() => undefined)
        if (response?.ok) return true
        await sleep(100)
      }
      return false
    },

    async stop() {
      stopping = true
      child.kill('SIGTERM')
      await Promise.race([ended, sleep(GRACE_MS, undefined, { ref: false })])
      killGroup()
      await ended
    },
  }

  function killGroup() {
    try {
      process.kill(-Number(child.pid), 'SIGKILL')
    } catch {
      // The group has ended.
    }
  }
}

/** @param {string[]} args */
function defaultsBeside(args) {
  const given = args.map((arg) => arg.replace(/^--([^=]+).*$/, '$1'))
  return Object.entries(DEFAULTS)
    .filter(([name]) => !given.includes(name))
    .map(([name, value]) => `--${name}=${value}`)
}

/** Whether a program already listens there.
 * @param {number} port
 * @param {string} host
 * @returns {Promise<boolean>} */
export function isTaken(port, host) {
  return new Promise((resolve) => {
    const socket = connect(port, host)
    socket.once('error', () => resolve(false))
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
  })
}
