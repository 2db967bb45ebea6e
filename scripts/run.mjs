// Installs what is missing and runs a TypeScript file with the Node that the packages bring: for npm run crash and
// npm run simulate, whose own arguments follow.
import { spawnSync } from 'node:child_process'
import { installPackages, node, root } from '../tools/install.mjs'

installPackages()
process.exitCode = spawnSync(node, process.argv.slice(2), { cwd: root, stdio: 'inherit' }).status ?? 1
