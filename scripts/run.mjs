// Installs what is missing and runs a file with the Node that the packages bring:
//
//   node scripts/run.mjs [--packages folder] file [its arguments]
//
// --packages names a folder whose package.json lists what this file needs beyond the packages of the product.
import { spawn } from 'node:child_process'
import { installPackages, node, root } from '../tools/install.mjs'

const args = process.argv.slice(2)
installPackages()
if (args[0] === '--packages') installPackages(`${root}${args.splice(0, 2)[1]}/`)
const run = spawn(node, args, { cwd: root, stdio: 'inherit' })
run.once('exit', (code) => process.exit(code ?? 1))
// Ctrl-C reaches the program by itself; it ends its servers before it ends.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => run.kill('SIGTERM'))
