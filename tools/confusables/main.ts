// Writes the table of confusable characters that the room compares names with, from Unicode's own. For a new version of
// Unicode: npm run confusables -- path/to/confusables.txt, from https://www.unicode.org/Public/<version>/security/.
// Without a path it writes the table again from the copy beside this file, which lacks only the comments.
import { readFileSync, writeFileSync } from 'node:fs'
import { root } from '../install.mjs'
import { readConfusables, tableModule, withoutRemarks } from './confusables.ts'

const COPY = new URL('confusables.txt', import.meta.url)
const [path] = process.argv.slice(2)

if (path !== undefined) writeFileSync(COPY, withoutRemarks(readFileSync(path, 'utf8')))
const text = readFileSync(COPY, 'utf8')
writeFileSync(`${root}src/room/model/confusables-table.ts`, tableModule(text))
console.log(`${readConfusables(text).size} confusable characters`)
