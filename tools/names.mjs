// An exported name and a file name stand for one thing in the whole project, so that a search for either finds it. What
// may stand twice is listed here, with the reason.
import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseSync } from 'vite'
import { root } from './install.mjs'

const SOURCES = '{src,client,tools,scripts}/**/*.{ts,tsx,mjs}'
const ALL_FILES = ['{src,client,tools,scripts,test,bench}/**/*.*', '*.*']
const FOREIGN = ['**/node_modules', 'client/public', 'bench/out', 'test/fixtures', '**/*.tsbuildinfo']

/** Every language has the same areas, called after what they speak of, and in each the same names: they count once. */
const LANGUAGE = /^client\/i18n\/(en|de|ar)\//

/** File names that may stand in several folders. */
const REPEATED_FILES = [
  { name: /\.test\.tsx?$/, why: 'a test has the name of what it tests, alone and in the browser' },
  { name: /^index\.ts$/, why: 'the public index of a folder' },
  { name: /^main\.tsx?$/, why: 'what starts a program' },
  { name: /^worker\.ts$/, why: 'what workerd starts: the product, and what it is measured or tried against' },
  { name: /^server\.ts$/, why: 'what Node starts: the servers that the product is measured against' },
  { name: /^(tsconfig|package|package-lock)\.json$/, why: 'the compiler and npm look for it' },
  { name: /^vitest\.config\.ts$/, why: 'vitest looks for it' },
  { name: /^README\.md$/, why: 'people look for it' },
]

/** Whatever stands for two things: nothing, or a line for each. */
export function checkNames() {
  const files = globSync(ALL_FILES, { cwd: root, exclude: FOREIGN })
  const exports = globSync(SOURCES, { cwd: root, exclude: FOREIGN }).flatMap((path) =>
    exportsOf(path, readFileSync(root + path, 'utf8')).map((name) => ({ name, path })),
  )
  return [...repeatedFiles(files), ...repeatedExports(exports)]
}

/**
 * File names that stand in several folders.
 *
 * @param {readonly string[]} paths
 */
export function repeatedFiles(paths) {
  const own = paths.filter((path) => !LANGUAGE.test(path))
  return repeated(own.map((path) => ({ name: basename(path), path })))
    .filter(([name]) => !REPEATED_FILES.some((allowed) => allowed.name.test(name)))
    .map(([name, places]) => `The file name ${name} stands for several things: ${places.join(', ')}`)
}

/**
 * Names that several files export.
 *
 * @param {readonly { name: string, path: string }[]} exports
 */
export function repeatedExports(exports) {
  return repeated(exports).map(
    ([name, places]) => `The exported name ${name} stands for several things: ${places.join(', ')}`,
  )
}

/**
 * What a file exports and declares itself, types included.
 *
 * @param {string} path
 * @param {string} code
 */
export function exportsOf(path, code) {
  return parseSync(path, code).module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ exportName, moduleRequest }) =>
      moduleRequest === null && exportName.kind === 'Name' && exportName.name !== null
        ? [exportName.name]
        : [],
    ),
  )
}

/**
 * @param {readonly { name: string, path: string }[]} all
 * @returns {[string, string[]][]}
 */
function repeated(all) {
  /** @type {Map<string, Set<string>>} */
  const places = new Map()
  for (const { name, path } of all) {
    const place = path.replace(LANGUAGE, 'client/i18n/*/')
    places.set(name, (places.get(name) ?? new Set()).add(place))
  }
  return [...places].flatMap(([name, set]) => (set.size > 1 ? [[name, [...set].toSorted()]] : []))
}
