import { createHash } from 'node:crypto'
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { extname } from 'node:path'
import { buildPage } from '../build-page.mjs'
import { root } from '../install.mjs'

/** @import { Bundle } from '../workerd.mjs' */
/** @typedef {{ from: number, length: number, headers: Record<string, string> }} PackedFile see src/serve/page-file.ts */

/** Everything that a server is built from. */
const SOURCES = [
  'client/**/*',
  'src/**/*',
  'tools/{serve/*,build-page.mjs,workerd.mjs}',
  'package.json',
  'package-lock.json',
  'vite.config.ts',
  'wrangler.toml',
]
const MAIN = 'src/serve/worker.ts'
/** Settings that wrangler.toml does not name. */
const MORE_SETTINGS = ['ADMIN_TOKEN', 'TURNSTILE_SITE_KEY', 'TURNSTILE_SECRET_KEY', 'API_CALLS_A_MINUTE']
const TYPES = /** @type {Readonly<Record<string, string>>} */ ({
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
})

/**
 * A server that is ready to run: the folder of its configuration, and its settings with the defaults of wrangler.toml.
 *
 * @typedef {{ config: string, settings: Record<string, string> }} Server
 */

/**
 * Builds the page and the Worker for plain workerd, unless that has been done with these sources.
 *
 * @returns {Promise<Server>}
 */
export async function buildServer(folder = `${root}dist/serve/`) {
  const id = fingerprint()
  const done = `${folder}server.json`
  const built = readServer(done)
  if (built?.id === id) return built.server
  console.log('Building the page and the Worker ...')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  if (!buildPage(`${folder}page`)) throw new Error('The page does not build. See above.')
  packPage(folder)
  // Only a build needs wrangler.
  const { bundleWorker } = await import('../workerd.mjs')
  const bundle = bundleWorker(`${folder}worker`, MAIN)
  const vars = Object.entries(bundle.vars).map(([name, value]) => [name, String(value)])
  const settings = {
    ...Object.fromEntries(MORE_SETTINGS.map((name) => [name, ''])),
    ...Object.fromEntries(vars),
  }
  const config = `${folder}workerd.capnp`
  writeFileSync(config, configText(bundle, Object.keys(settings)))
  const server = { config, settings }
  // Last: an interrupted build starts again.
  writeFileSync(done, JSON.stringify({ id, server }))
  return server
}

function fingerprint() {
  const hash = createHash('sha256')
  for (const path of globSync(SOURCES, { cwd: root, exclude: ['**/*.tsbuildinfo'], withFileTypes: true })) {
    if (!path.isFile()) continue
    const file = `${path.parentPath}/${path.name}`
    hash.update(file).update('\0').update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

/**
 * @param {string} path
 * @returns {{ id: string, server: Server } | undefined}
 */
function readServer(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** Puts all files of the page into one, which the Worker keeps in memory. @param {string} folder */
function packPage(folder) {
  const page = `${folder}page/`
  const rules = headerRules(readFileSync(`${page}_headers`, 'utf8'))
  /** @type {Record<string, PackedFile>} */
  const files = {}
  const contents = []
  let from = 0
  for (const name of globSync('**/*.*', { cwd: page }).sort()) {
    const content = readFileSync(page + name)
    const address = name === 'index.html' ? '/' : `/${name}`
    const tag = createHash('sha256').update(content).digest('hex').slice(0, 32)
    const headers = {
      'Content-Type': TYPES[extname(name)] ?? 'application/octet-stream',
      'Cache-Control': 'public, max-age=0, must-revalidate',
      ...rules(address),
      ETag: `"${tag}"`,
    }
    files[address] = { from, length: content.length, headers }
    contents.push(content)
    from += content.length
  }
  // The page has one address.
  for (const address of ['/index.html', '/index'])
    files[address] = { from: 0, length: 0, headers: { ...rules(address), Location: '/' } }
  writeFileSync(`${folder}page.bin`, Buffer.concat(contents))
  writeFileSync(`${folder}page.json`, JSON.stringify(files))
}

/**
 * The rules of a `_headers` file, as a function of an address. A rule's path may end with a `*`.
 *
 * @param {string} text
 * @returns {(address: string) => Record<string, string>}
 */
export function headerRules(text) {
  const rules = text.split('\n\n').map((rule) => {
    const [path = '', ...lines] = rule.trim().split('\n')
    const headers = Object.fromEntries(
      lines.map((line) => [
        line.slice(0, line.indexOf(':')).trim(),
        line.slice(line.indexOf(':') + 1).trim(),
      ]),
    )
    return { path, headers }
  })
  return (address) =>
    Object.assign({}, ...rules.filter(({ path }) => fits(path, address)).map(({ headers }) => headers))
}

/**
 * @param {string} path
 * @param {string} address
 */
function fits(path, address) {
  return path.endsWith('*') ? address.startsWith(path.slice(0, -1)) : address === path
}

/**
 * The configuration of workerd. Settings and secrets come from the environment, and everything else is relative to the
 * folder of the data. Objects have the ids that `wrangler dev` gives them.
 *
 * @param {Bundle} bundle
 * @param {string[]} settings
 */
function configText({ name, date, flags, classes }, settings) {
  const kept = classes.filter((it) => it.name !== 'QUOTAS')
  const own = [...kept, { name: 'ALL_QUOTAS', class_name: 'Quotas' }]
  const objects = own.map((it) => `(name = "${it.name}", durableObjectNamespace = "${it.class_name}")`)
  const texts = settings.map((setting) => `(name = "${setting}", fromEnvironment = "${setting}")`)
  const namespaces = own.map(
    (it) => `(className = "${it.class_name}", uniqueKey = "${name}-${it.class_name}", enableSql = true)`,
  )
  const bindings = [
    ...objects,
    ...texts,
    '(name = "PAGE", data = embed "page.bin")',
    '(name = "PAGE_FILES", json = embed "page.json")',
    '(name = "ASSETS", service = (name = "hallway", entrypoint = "PageFiles"))',
    '(name = "BEGUN", service = (name = "hallway", entrypoint = "BegunRooms"))',
    '(name = "FILES", service = "files")',
    `(name = "ROOM_FOLDER", text = "${name}-Room")`,
    '(name = "QUOTAS", service = (name = "hallway", entrypoint = "QuotaNames"))',
    '(name = "API_RATE", service = (name = "hallway", entrypoint = "ApiRate"))',
  ]
  const socket = (/** @type {string} */ http) => `[
    (name = "http", http = (${http}), service = "hallway"),
    (name = "control", address = "unix:control.sock", http = (), service = (name = "hallway", entrypoint = "Control")),
  ]`
  const services = `[
    (name = "hallway", worker = .hallway),
    (name = "data", disk = (path = ".", writable = true)),
    (name = "files", disk = (path = ".")),
  ]`
  return `using Workerd = import "/workerd/workerd.capnp";
const direct :Workerd.Config = (services = ${services}, sockets = ${socket('')});
const proxied :Workerd.Config = (services = ${services}, sockets = ${socket('forwardedProtoHeader = "X-Forwarded-Proto"')});
const hallway :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker/worker.js")],
  compatibilityDate = "${date}",
  compatibilityFlags = ${JSON.stringify(flags)},
  bindings = [
    ${bindings.join(',\n    ')},
  ],
  durableObjectNamespaces = [${namespaces.join(', ')}],
  durableObjectStorage = (localDisk = "data"),
);
`
}
