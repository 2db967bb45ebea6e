import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { unstable_readConfig as readConfig } from 'wrangler'
import { freePort } from './free-port.mjs'
import { node, root } from './install.mjs'

const WRANGLER = `${root}node_modules/wrangler/wrangler-dist/cli.js`
/** The program itself: without its install script, the package's command is a script that starts it. */
const WORKERD = createRequire(import.meta.url)('workerd').default
/** A request may get lost while workerd starts: it is sent again after this time. */
const ANSWER_MS = 5_000

/** Settings of an operator for tests of something else than the rate limits. */
export const RAISED_RATES = { RATE_BURST: '1000000', RATE_PER_SECOND: '1000000' }

/**
 * Bundles the Worker for workerd alone, without wrangler's proxy and without the page: for tests that kill, cut off or
 * load a server. `folder` gets the bundle and, by default, the rooms. `main` is the path from the root of a `worker.ts`.
 *
 * @param {string} folder
 * @param {string} [main]
 * @returns {Bundle}
 */
export function bundleWorker(folder, main = 'src/worker.ts') {
  const config = readConfig({ config: `${root}wrangler.toml` }, { hideWarnings: true })
  const { name, compatibility_date, compatibility_flags, keep_names, migrations, vars } = config
  // Another worker.ts may bind fewer objects than the product: only those that it names.
  const source = readFileSync(root + main, 'utf8')
  /** @type {Binding[]} */
  const all = config.durable_objects.bindings
  const bindings = all.filter(({ class_name }) => source.includes(class_name))
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'wrangler.json')
  const lean = {
    name,
    main: root + main,
    compatibility_date,
    compatibility_flags,
    keep_names,
    durable_objects: { bindings },
    migrations,
    vars,
  }
  writeFileSync(path, JSON.stringify(lean))
  const args = [WRANGLER, 'deploy', '--dry-run', '--config', path, '--outdir', folder]
  const env = { ...process.env, CI: 'true', WRANGLER_SEND_METRICS: 'false' }
  const { status, stdout, stderr } = spawnSync(node, args, { cwd: root, env, encoding: 'utf8' })
  if (status !== 0) throw new Error(`The Worker does not bundle:\n${stdout}${stderr}`)
  return {
    name,
    folder,
    date: compatibility_date,
    flags: compatibility_flags,
    vars,
    classes: bindings,
  }
}

/**
 * @typedef {{ name?: string, folder: string, date?: string, flags: string[], vars: Record<string, unknown>, classes: Binding[] }} Bundle
 * @typedef {{ name: string, class_name: string }} Binding
 * @typedef {{ rooms?: string, port?: number, vars?: Record<string, string>, command?: string[], signal?: AbortSignal }}
 *   Where `rooms` is the folder of the rooms' databases, `vars` override those of wrangler.toml, and `command` goes before
 *   workerd's own. `signal` kills workerd, even while it starts.
 */

/**
 * Starts workerd and waits until it responds.
 *
 * @param {Bundle} bundle
 * @param {Where} where
 */
export async function startWorkerd(bundle, where = {}) {
  const {
    rooms = join(bundle.folder, 'rooms'),
    port = await freePort(),
    vars = {},
    command = [],
    signal,
  } = where
  mkdirSync(rooms, { recursive: true })
  const path = join(bundle.folder, `workerd-${port}.capnp`)
  writeFileSync(path, capnp(bundle, { rooms, port, vars: { ...bundle.vars, ...vars } }))
  const [program = '', ...args] = [...command, WORKERD, 'serve', path]
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let output = ''
  child.stderr.setEncoding('utf8').on('data', (text) => {
    output = (output + text).slice(-10_000)
  })
  /** @type {Promise<void>} */
  const ended = new Promise((resolve) => child.once('exit', () => resolve()))
  const url = `http://localhost:${port}`
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  signal?.addEventListener('abort', end, { once: true })
  ended.then(() => process.off('exit', end))
  const isUp = () =>
    fetch(`${url}/healthz`, { signal: AbortSignal.timeout(ANSWER_MS) }).catch(() => undefined)
  while (!(await isUp())?.ok) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`workerd ended: ${output}`)
    await sleep(20)
  }
  return {
    url,
    port,
    pid: Number(child.pid),
    /** The end of workerd's error output. */
    output: () => output,
    ended,
    /** Kills workerd at once. Everything it has written stays: the system's cache outlives the process. */
    async kill() {
      end()
      await ended
    },
  }
}

/**
 * @param {Bundle} bundle
 * @param {{ rooms: string, port: number, vars: Record<string, unknown> }} where
 */
function capnp({ date, flags, classes }, { rooms, port, vars }) {
  const objects = classes.map((it) => `(name = "${it.name}", durableObjectNamespace = "${it.class_name}")`)
  const texts = Object.entries(vars).map(
    ([name, value]) => `(name = "${name}", text = ${JSON.stringify(value)})`,
  )
  const namespaces = classes.map(
    (it) => `(className = "${it.class_name}", uniqueKey = "${it.class_name}", enableSql = true)`,
  )
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "rooms", disk = (path = ${JSON.stringify(rooms)}, writable = true)),
  ],
  sockets = [(name = "http", address = "localhost:${port}", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker.js")],
  compatibilityDate = "${date}",
  compatibilityFlags = ${JSON.stringify(flags)},
  bindings = [${[...objects, ...texts].join(', ')}],
  durableObjectNamespaces = [${namespaces.join(', ')}],
  durableObjectStorage = (localDisk = "rooms"),
);
`
}
