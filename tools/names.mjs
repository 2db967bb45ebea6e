// Checks that each exported name and file name stands for one thing in the whole project, so that a search finds it. The
// exceptions are listed here, with their reasons.
import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseSync } from 'vite'
import { root } from './install.mjs'

const SOURCES = '{src,client,tools,scripts}/**/*.{ts,tsx,mjs}'
const ALL_FILES = ['{src,client,tools,scripts,test,bench}/**/*.*', '*.*']
const FOREIGN = ['**/node_modules', 'client/public', 'bench/out', 'test/fixtures', '**/*.tsbuildinfo']

/** Every language has files of the same names, with the same exports: they count once. */
const LANGUAGE = /^client\/i18n\/(en|de|ar)\//

/** File names that may stand in several folders. */
const REPEATED_FILES = [
  { name: /\.test\.tsx?$/, why: 'a test has the name of its subject, in each folder of tests' },
  { name: /^index\.ts$/, why: 'the public index of a folder' },
  { name: /^main\.tsx?$/, why: 'the entry of a program' },
  { name: /^worker\.ts$/, why: 'the entry of workerd: the product, and Workers to compare or test it with' },
  { name: /^server\.ts$/, why: 'the entry of Node: the servers that the bench compares with' },
  { name: /^(tsconfig|package|package-lock)\.json$/, why: 'the compiler and npm look for it' },
  { name: /^vitest\.config\.ts$/, why: 'vitest looks for it' },
  { name: /^README\.md$/, why: 'people look for it' },
]

/** A line for each name that stands for several things. */
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
 * Exported names that several files declare.
 *
 * @param {readonly { name: string, path: string }[]} exports
 */
export function repeatedExports(exports) {
  return repeated(exports).map(
    ([name, places]) => `The exported name ${name} stands for several things: ${places.join(', ')}`,
  )
}

/**
 * The names that a file both declares and exports, types included.
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
