import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

// What a visitor waits for before the first view, in gzipped bytes.
const BUDGET = { js: 30_000, css: 8_000 }

/**
 * Weighs what index.html of a built page asks for by itself; chunks that are loaded later do not count.
 *
 * @param {string} folder
 */
export function weighFirstView(folder) {
  const html = readFileSync(`${folder}/index.html`, 'utf8')
  const files = [...html.matchAll(/(?:src|href)="(\/[^"]+\.(?:js|css))"/g)].map(([, path]) => String(path))
  return /** @type {const} */ (['js', 'css']).map((kind) => {
    const weights = files.filter((file) => file.endsWith(`.${kind}`)).map((file) => gzipped(folder + file))
    const bytes = weights.reduce((sum, weight) => sum + weight, 0)
    return { kind, bytes, budget: BUDGET[kind], fits: bytes > 0 && bytes <= BUDGET[kind] }
  })
}

/**
 * Weighs all scripts of a built page: what someone has loaded who is in a room.
 *
 * @param {string} folder
 */
export function weighWhole(folder) {
  const scripts = readdirSync(`${folder}/assets`).filter((file) => file.endsWith('.js'))
  return scripts.reduce((sum, file) => sum + gzipped(`${folder}/assets/${file}`), 0)
}

/** @param {string} path */
function gzipped(path) {
  return gzipSync(readFileSync(path), { level: 9 }).length
}
