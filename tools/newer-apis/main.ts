// Writes the list of APIs that are newer than the oldest browsers the page is built for, from MDN's data. After a change of
// the target, or for newer data: npm pack @mdn/browser-compat-data, unpack it, npm run newer-apis -- path/to/data.json
import { readFileSync, writeFileSync } from 'node:fs'
import { NEWER_APIS, newerApisIn, oldestBrowsers, writeNewerApis } from './newer-apis.ts'

const [path = 'data.json'] = process.argv.slice(2)
const data: unknown = JSON.parse(readFileSync(path, 'utf8'))
const browsers = oldestBrowsers()
const { version } = Object(Object(data).__meta)
const head = [
  `# APIs that some browser of ${browsers.map((browser) => browser.join(' ')).join(', ')} lacks: a name, and members if only they are missing.`,
  `# Written by npm run newer-apis from @mdn/browser-compat-data ${version}, which is in the public domain (CC0).`,
]
writeFileSync(NEWER_APIS, `${head.join('\n')}\n${writeNewerApis(newerApisIn(data, browsers))}`)
