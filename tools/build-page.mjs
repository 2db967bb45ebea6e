import { spawnSync } from 'node:child_process'
import { node, root } from './install.mjs'

/** Builds the page for production, even for a test (NODE_ENV=test), and answers whether that worked. */
export function buildPage() {
  const args = ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn']
  const env = { ...process.env, NODE_ENV: undefined }
  return spawnSync(node, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0
}
