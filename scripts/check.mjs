// The quick checks, for every commit: types, lint, format, imports between folders, regular expressions, the list of
// rules, names, and the weight of the first view.
import { spawnSync } from 'node:child_process'
import { checkArrows } from '../tools/arrows.mjs'
import { node, root } from '../tools/install.mjs'
import { checkNames } from '../tools/names.mjs'
import { checkRegexes } from '../tools/regexes.mjs'
import { checkRules } from '../tools/rules.mjs'
import { weighFirstView, weighRoom } from '../tools/weigh.mjs'

// Not dist/, which a running `npm start` serves.
const PAGE = 'node_modules/.cache/page'

// Forced, because an incremental build misses a new file of global declarations (TypeScript 7.0.2).
run('node_modules/typescript/bin/tsc', '--build', '--force')
run('node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings')
refuse(checkArrows(root))
const { count, complaints } = await checkRegexes()
refuse(complaints)
console.log(`Regular expressions: ${count}, each proved to take linear time`)
refuse(checkRules())
refuse(checkNames())
run('node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn', '--outDir', root + PAGE)
for (const { kind, language, bytes, budget, fits } of weighFirstView(root + PAGE)) {
  console.log(
    `First view: ${(bytes / 1000).toFixed(1)} kB of ${kind} gzipped${language ? `, in ${language}` : ''}, at most ${budget / 1000}`,
  )
  if (!fits) process.exitCode = 1
}
const room = weighRoom(root + PAGE)
console.log(
  `In a room: ${(room.loaded / 1000).toFixed(1)} kB of js in all, at most ${room.budget / 1000}; on first use of its features: ${(room.later / 1000).toFixed(1)} kB more`,
)
if (!room.fits) process.exitCode = 1

/** @param {string[]} complaints */
function refuse(complaints) {
  for (const complaint of complaints) console.error(complaint)
  if (complaints.length > 0) process.exit(1)
}

/** @param {string[]} command */
function run(...command) {
  const { status } = spawnSync(node, command, { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exit(1)
}
