// Measures Hallway beside what users would pick instead. What follows `npm run bench --` goes to bench/bench.ts.
import { spawn } from 'node:child_process'
import { installPackages, node, root } from './install.mjs'

installPackages()
installPackages(`${root}bench/`)
const run = spawn(node, [`${root}bench/bench.ts`, ...process.argv.slice(2)], { stdio: 'inherit' })
run.once('exit', (code) => process.exit(code ?? 1))
// Ctrl-C reaches the bench by itself; it ends its servers before it ends.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => run.kill('SIGTERM'))
