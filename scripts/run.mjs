// Installs missing packages and runs a file with the Node among them:
//
//   node scripts/run.mjs [--packages folder] file [its arguments]
//
// --packages names a folder whose package.json lists further packages that this file needs.
import { spawn } from 'node:child_process'
import { installPackages, node, root } from '../tools/install.mjs'

const args = process.argv.slice(2)
installPackages()
if (args[0] === '--packages') installPackages(`${root}${args.splice(0, 2)[1]}/`)
const run = spawn(node, args, { cwd: root, stdio: 'inherit' })
run.once('exit', (code) => process.exit(code ?? 1))
// Ctrl-C reaches the program without help; it stops its servers before it ends.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => run.kill('SIGTERM'))
