import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** The Node among the packages: the machine's own may be older. */
export const node = `${root}node_modules/.bin/node`

/**
 * Installs the packages of a folder if they are missing or older than its package-lock.json.
 *
 * @param {string} folder
 */
export function installPackages(folder = root) {
  // npm writes this file last, so an interrupted installation starts again.
  if (age(`${folder}node_modules/.package-lock.json`) <= age(`${folder}package-lock.json`)) return
  console.log('Installing packages with npm ci ...')
  // Install scripts could fetch what the lockfile does not name. No package needs its own.
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (status !== 0) process.exit(status ?? 1)
}

/** @param {string} path */
function age(path) {
  const mtime = statSync(path, { throwIfNoEntry: false })?.mtimeMs
  return mtime === undefined ? Number.POSITIVE_INFINITY : Date.now() - mtime
}
