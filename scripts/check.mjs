// The quick part of the tests, for between commits: types, lint, format, who may import whom, and the weight
// of the first view.
import { spawnSync } from 'node:child_process'
import { installPackages, node, root } from './install.mjs'
import { weighFirstView, weighWhole } from './weigh.mjs'

// Apart from dist/, which a running `npm start` serves.
const PAGE = 'node_modules/.cache/page'

installPackages()
// Forced, because an incremental build overlooks a new file of global declarations (TypeScript 7.0.2).
run('node_modules/typescript/bin/tsc', '--build', '--force')
run('node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings')
run('node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn', '--outDir', root + PAGE)
for (const { kind, bytes, budget, fits } of weighFirstView(root + PAGE)) {
  console.log(`First view: ${(bytes / 1000).toFixed(1)} kB of ${kind} gzipped, at most ${budget / 1000}`)
  if (!fits) process.exitCode = 1
}
console.log(`With what a room loads behind its door: ${(weighWhole(root + PAGE) / 1000).toFixed(1)} kB of js`)

/** @param {string[]} command */
function run(...command) {
  const { status } = spawnSync(node, command, { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exit(1)
}
