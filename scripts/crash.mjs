// Kills the server under load, again and again, and counts what is lost: test/process/crash. Takes --kills, --seed
// and --control.
import { spawnSync } from 'node:child_process'
import { installPackages, node, root } from './install.mjs'

installPackages()
const main = ['test/process/crash/main.ts', ...process.argv.slice(2)]
process.exitCode = spawnSync(node, main, { cwd: root, stdio: 'inherit' }).status ?? 1
