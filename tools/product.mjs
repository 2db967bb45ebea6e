import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { unstable_getMiniflareWorkerOptions as readOptions } from 'wrangler'
import { root } from './install.mjs'

/** Everyone here comes from one address, and together they do more in an hour than one network may in a day. */
const ONE_ADDRESS = {
  NETWORK_UNITS_A_DAY: '1000000000',
  ROOMS_A_DAY: '10000',
  ROOMS_BEGUN_A_DAY: '10000',
  REDEMPTIONS_A_MINUTE: '10000',
}

/**
 * Starts the whole product, with the page that `buildPage` has built, without the proxies of `wrangler dev`: a request
 * costs a third. The rooms are deleted at the end.
 *
 * @param {import('./workerd.mjs').Bundle} bundle
 * @param {Record<string, string>} [vars]
 */
export async function startProduct({ folder, vars: defaults }, vars = {}) {
  const { workerOptions } = readOptions(`${root}wrangler.toml`)
  const worker = {
    ...workerOptions,
    name: 'hallway',
    bindings: { ...defaults, ...ONE_ADDRESS, ...vars },
    modulesRoot: folder,
    modules: [{ type: /** @type {const} */ ('ESModule'), path: `${folder}/worker.js` }],
  }
  const product = new Miniflare(
    convertV4MiniflareOptions({
      host: 'localhost',
      port: 0,
      cf: false,
      logRequests: false,
      handleStructuredLogs,
      workers: [worker],
    }),
  )
  const { origin } = await product.ready
  return { url: origin, stop: () => product.dispose() }
}

/** Shows warnings and errors, but not a line for each request.
 * @param {import('miniflare').WorkerdStructuredLog} log */
function handleStructuredLogs({ level, message }) {
  if (level === 'warn' || level === 'error') console.error(message)
}
