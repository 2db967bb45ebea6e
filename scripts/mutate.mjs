// Installs what is missing, also what only this needs, and tries whether the tests of the pure core notice changes of it.
// What follows `npm run mutate --` goes to test/mutation/main.ts: --only 'src/room/*.ts', --concurrency 1.
import { spawnSync } from 'node:child_process'
import { installPackages, node, root } from '../tools/install.mjs'

installPackages()
installPackages(`${root}test/mutation/`)
const main = ['test/mutation/main.ts', ...process.argv.slice(2)]
process.exitCode = spawnSync(node, main, { cwd: root, stdio: 'inherit' }).status ?? 1
