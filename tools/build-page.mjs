import { spawnSync } from 'node:child_process'
import { node, root } from './install.mjs'

/**
 * Builds the page for production, even for a test (NODE_ENV=test), and answers whether that worked.
 *
 * @param {string} [folder]
 */
export function buildPage(folder = `${root}dist/client`) {
  const args = ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn', '--outDir', folder]
  const env = { ...process.env, NODE_ENV: undefined }
  return spawnSync(node, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0
}
