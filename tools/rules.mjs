// Writes docs/rules.md (npm run rules): every rule that the tests prove, by area. The id of a rule stands in the name of
// its test, or of the group of tests that prove it together.
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { parseSync, Visitor } from 'vite'
import { root } from './install.mjs'

const RULES_PAGE = `${root}docs/rules.md`
const FILES = 'test/**/*.{ts,tsx}'

/** The folders of tests, in the page's order, each with its heading. */
const AREAS = {
  'test/unit/protocol': 'The wire',
  'test/unit/room': 'The room, as pure rules',
  'test/unit/platform': 'The platform',
  'test/store': 'The store',
  'test/worker': 'The Worker and its objects, in workerd',
  'test/unit/session': 'The session kit',
  'test/unit/client': 'The page, without a browser',
  'test/browser': 'The page, in Chromium',
  'test/simulation': 'Simulated histories, each from a seed',
  'test/process': 'Servers that are killed, cut off or flooded',
  'test/unit/crash': 'How npm run crash judges a run',
  'test/unit/bench': 'The bench',
  'test/unit': 'Commands and checks',
}

/** What vitest fills in from the table of a test: %s and its like, or the $name of a column. */
const PLACEHOLDER = /%[sdifjoOc#$]|\$[A-Za-z][\w.]*/g
const CALLED_TWICE = new Set(['each', 'for', 'runIf', 'skipIf'])

/**
 * @typedef {{ id: string, sentence: string, path: string, line: number }} Rule
 * @typedef {{ rules: Rule[], complaints: string[] }} Reading
 */

/** The faults of the rules and of their page, a line each. */
export function checkRules() {
  const { rules, complaints } = readAllRules()
  const isStale = !existsSync(RULES_PAGE) || readFileSync(RULES_PAGE, 'utf8') !== rulesPage(rules)
  return isStale ? [...complaints, 'docs/rules.md is out of date. Run: npm run rules'] : complaints
}

/** Every rule of the project, and their faults: an id that stands for two rules, a test without an id. */
function readAllRules() {
  const readings = globSync(FILES, { cwd: root })
    .toSorted()
    .map((path) => readRules(path, readFileSync(root + path, 'utf8')))
  const rules = readings.flatMap((reading) => reading.rules)
  return { rules, complaints: [...readings.flatMap((reading) => reading.complaints), ...ambiguous(rules)] }
}

/**
 * The rules of one test file, read from its syntax tree.
 *
 * @param {string} path
 * @param {string} code
 * @returns {Reading}
 */
export function readRules(path, code) {
  const { program } = parseSync(path, code)
  /** @type {Rule[]} */
  const rules = []
  /** @type {string[]} */
  const complaints = []
  /** The groups that enclose the test. @type {{ name: string, hasId: boolean }[]} */
  const groups = []
  new Visitor({
    CallExpression(call) {
      const kind = kindOf(call.callee)
      const text = textOf(call.arguments[0])
      const [, id, name = ''] = /^(?:\[([A-Z]+\d+)\] )?(.*)$/s.exec(text ?? '') ?? []
      const line = code.slice(0, call.start).split('\n').length
      if (id !== undefined) {
        rules.push({ id, sentence: [...groups.map((group) => group.name), name].join(': '), path, line })
      } else if (kind === 'test' && !groups.some(({ hasId }) => hasId)) {
        complaints.push(`${path}:${line}: a test without a rule id: ${name}`)
      }
      if (kind === 'group') groups.push({ name, hasId: id !== undefined })
    },
    'CallExpression:exit'(call) {
      if (kindOf(call.callee) === 'group') groups.pop()
    },
  }).visit(program)
  return { rules, complaints }
}

/**
 * Ids that stand for more than one sentence.
 *
 * @param {readonly Rule[]} rules
 */
export function ambiguous(rules) {
  return [...Map.groupBy(rules, ({ id }) => id)].flatMap(([id, all]) => {
    const sentences = new Map(all.map((rule) => [rule.sentence, rule]))
    if (sentences.size === 1) return []
    const places = [...sentences.values()].map(({ path, line, sentence }) => `  ${path}:${line}: ${sentence}`)
    return [`${id} stands for ${sentences.size} rules:\n${places.join('\n')}`]
  })
}

/**
 * The text of the page.
 *
 * @param {readonly Rule[]} rules
 */
export function rulesPage(rules) {
  for (const { path } of rules)
    if (!areaOf(path)) throw new Error(`${path} belongs to no area of docs/rules.md`)
  const areas = Object.entries(AREAS).map(([folder, title]) => {
    const files = Map.groupBy(
      rules.filter(({ path }) => areaOf(path) === folder),
      ({ path }) => path,
    )
    return [`## ${title}`, ...[...files].map(([path, own]) => section(path, own))].join('\n\n')
  })
  return `# Rules

The ${new Set(rules.map(({ id }) => id)).size} rules that the tests prove, each with its id and its test file. Written by \`npm run rules\`.

${areas.join('\n\n')}
`
}

/**
 * @param {string} path
 * @param {readonly Rule[]} rules
 */
function section(path, rules) {
  const sentences = new Map(rules.map(({ id, sentence }) => [id, sentence]))
  const lines = [...sentences].map(([id, sentence]) => `- **${id}** ${inMarkdown(sentence)}`)
  return `[${path}](../${path})\n\n${lines.join('\n')}`
}

/** @param {string} path */
function areaOf(path) {
  return Object.keys(AREAS).find((folder) => path.startsWith(`${folder}/`))
}

/** @param {string} text */
function inMarkdown(text) {
  return text.replaceAll(/[\\`*_<>[\]|]/g, '\\$&').replaceAll(/\s+/g, ' ')
}

/**
 * Whether a call makes a test or a group. In `it.each(table)(name)` the outer call does, and has the name.
 *
 * @param {import('vite').ESTree.Expression} callee
 * @returns {'test' | 'group' | undefined}
 */
function kindOf(callee) {
  const isOuter = callee.type === 'CallExpression'
  let tested = isOuter ? callee.callee : callee
  while (tested.type === 'MemberExpression') {
    const isInner = tested.property.type === 'Identifier' && CALLED_TWICE.has(tested.property.name)
    if (isInner && !isOuter) return undefined
    tested = tested.object
  }
  if (tested.type !== 'Identifier') return undefined
  return tested.name === 'it' ? 'test' : tested.name === 'describe' ? 'group' : undefined
}

/**
 * The text of a name, with … for each part that is known only when the test runs.
 *
 * @param {import('vite').ESTree.Argument | undefined} node
 */
function textOf(node) {
  if (node?.type === 'Literal' && typeof node.value === 'string')
    return node.value.replaceAll(PLACEHOLDER, '…').replaceAll('%%', '%')
  if (node?.type === 'TemplateLiteral') return node.quasis.map(({ value }) => value.cooked).join('…')
  return undefined
}

if (process.argv[1] === import.meta.filename) {
  const { rules, complaints } = readAllRules()
  for (const complaint of complaints) console.error(complaint)
  writeFileSync(RULES_PAGE, rulesPage(rules))
  process.exitCode = complaints.length > 0 ? 1 : 0
}
