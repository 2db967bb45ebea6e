// Runs a file of bench/ that needs the packages of bench/package.json, with the arguments that follow.
import { spawn } from 'node:child_process'
import { installPackages, node, root } from '../tools/install.mjs'

installPackages()
installPackages(`${root}bench/`)
const run = spawn(node, process.argv.slice(2), { cwd: root, stdio: 'inherit' })
run.once('exit', (code) => process.exit(code ?? 1))
// Ctrl-C reaches the bench by itself; it ends its servers before it ends.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => run.kill('SIGTERM'))
