// Proves with recheck that every regular expression of the product takes linear time. recheck cannot judge a look-around,
// a back reference or a pattern that is built at run time: write those differently. There is no list of exceptions.
import { globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { parseSync, Visitor } from 'vite'
import { root } from './install.mjs'

const FILES = '{src,client}/**/*.{ts,tsx}'
// The only backend of recheck without Java and without a binary for each platform.
process.env.RECHECK_SYNC_BACKEND = 'pure'
/** Without a timeout, so that a busy machine gives the same result. */
const HOW = /** @type {const} */ ({ checker: 'automaton', timeout: null, maxRepeatCount: 100 })
const THREADS = 2
/** Enough characters of an attack to show its pattern. */
const ATTACK_SHOWN = 200

/**
 * @typedef {{ at: string, source: string, flags: string }} Regex Where it stands, as file:line, and what it is.
 * @typedef {{ found: Regex[], complaints: string[] }} Reading
 */

if (!isMainThread) parentPort?.postMessage(judgeRegexes(workerData))

/** Counts the regular expressions of the product, with a line for each that is not linear. */
export async function checkRegexes() {
  const readings = globSync(FILES, { cwd: root }).map((path) =>
    readRegexes(path, readFileSync(root + path, 'utf8')),
  )
  const found = readings.flatMap((reading) => reading.found)
  const distinct = [...new Map(found.map((regex) => [`/${regex.source}/${regex.flags}`, regex])).values()]
  const shares = Array.from({ length: THREADS }, (_, n) =>
    distinct.filter((_regex, at) => at % THREADS === n),
  )
  const judged = await Promise.all(shares.map(inThread))
  return {
    count: found.length,
    complaints: [...readings.flatMap((reading) => reading.complaints), ...judged.flat()],
  }
}

/**
 * The regular expressions of one file, read from its syntax tree.
 *
 * @param {string} path
 * @param {string} code
 * @returns {Reading}
 */
export function readRegexes(path, code) {
  const { program, errors } = parseSync(path, code)
  /** @type {Regex[]} */
  const found = []
  const complaints = errors.map(({ message }) => `${path}: ${message}`)
  /** @param {number} offset */
  const lineOf = (offset) => `${path}:${code.slice(0, offset).split('\n').length}`
  /** @param {import('vite').ESTree.NewExpression | import('vite').ESTree.CallExpression} call */
  const made = ({ callee, arguments: given, start }) => {
    if (callee.type !== 'Identifier' || callee.name !== 'RegExp') return
    const [source, flags = ''] = given.map(writtenOut)
    if (source === undefined || (given.length > 1 && given[1] && writtenOut(given[1]) === undefined))
      complaints.push(`${lineOf(start)}: a pattern that is built at run time cannot be judged`)
    else found.push({ at: lineOf(start), source, flags })
  }
  new Visitor({
    Literal(node) {
      if (!('regex' in node) || !node.regex) return
      found.push({ at: lineOf(node.start), source: node.regex.pattern, flags: node.regex.flags })
    },
    NewExpression: made,
    CallExpression: made,
  }).visit(program)
  return { found, complaints }
}

/**
 * @param {readonly Regex[]} regexes
 * @returns {string[]}
 */
export function judgeRegexes(regexes) {
  // Loaded here, because it is large and the main thread does not need it.
  const { checkSync } = createRequire(import.meta.url)('recheck')
  return regexes.flatMap(({ at, source, flags }) => {
    const verdict = checkSync(source, flags, HOW)
    if (verdict.status === 'safe') return []
    if (verdict.status === 'unknown')
      return [`${at}: /${source}/${flags} cannot be judged: ${verdict.error.message ?? verdict.error.kind}`]
    const attack = String(verdict.attack.pattern).slice(0, ATTACK_SHOWN)
    return [`${at}: /${source}/${flags} takes ${verdict.complexity.summary} time, as with ${attack}`]
  })
}

/** @param {import('vite').ESTree.Argument} node */
function writtenOut(node) {
  return node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined
}

/**
 * @param {readonly Regex[]} regexes
 * @returns {Promise<string[]>}
 */
function inThread(regexes) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: regexes })
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}
