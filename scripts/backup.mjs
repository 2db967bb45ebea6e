// Copies the rooms of `npm run serve` to a new folder, while it runs: npm run backup -- --data data --to /backups/today
// Each database is copied as it is at one moment. Run it as the user who runs the server.
import { existsSync, globSync, mkdirSync, renameSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from '../tools/install.mjs'
import { copyDatabase } from '../tools/serve/copy-database.mjs'

const { values: flags } = parseArgs({
  options: { data: { type: 'string', default: 'data' }, to: { type: 'string', default: '' } },
})
const data = resolve(root, flags.data)
const to = resolve(root, flags.to)
if (flags.to === '' || existsSync(to)) {
  console.error('Name a folder that does not exist: npm run backup -- --to /backups/today')
  process.exit(1)
}
// Other users of the machine read no room.
process.umask(0o077)
// A folder of this name is a whole backup.
const unfinished = `${to}.unfinished`
const names = globSync('*/*.sqlite', { cwd: data })
for (const name of names) {
  const target = join(unfinished, name)
  mkdirSync(dirname(target), { recursive: true })
  await copyDatabase(join(data, name), target)
}
renameSync(unfinished, to)
console.log(`${names.length} databases were copied to ${to}`)
