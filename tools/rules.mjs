// docs/rules.md lists what the tests hold, by area: npm run rules writes it. Each rule has an id, which stands in the name
// of its test, or of the group of tests that hold it together.
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { parseSync, Visitor } from 'vite'
import { root } from './install.mjs'

const RULES_PAGE = `${root}docs/rules.md`
const FILES = 'test/**/*.{ts,tsx}'

/** The folders of test, in the order and the words of the page. */
const AREAS = {
  'test/unit/protocol': 'The wire',
  'test/unit/room': 'The room, as pure rules',
  'test/unit/platform': 'The platform',
  'test/store': 'The store',
  'test/worker': 'The Worker and its objects, in workerd',
  'test/unit/session': 'The session kit',
  'test/unit/client': 'The page, without a browser',
  'test/browser': 'The page, in Chromium',
  'test/simulation': 'Seeded histories',
  'test/process': 'Servers that are killed, cut off or flooded',
  'test/unit/crash': 'The judges of npm run crash',
  'test/unit/bench': 'The bench',
  'test/unit': 'Commands and checks',
}

const MADE_IN_TWO_CALLS = new Set(['each', 'for', 'runIf', 'skipIf'])

/**
 * @typedef {{ id: string, sentence: string, path: string, line: number }} Rule
 * @typedef {{ rules: Rule[], complaints: string[] }} Reading
 */

/** What is wrong with the rules or their page: nothing, or a line for each. */
export function checkRules() {
  const { rules, complaints } = readAllRules()
  const isStale = !existsSync(RULES_PAGE) || readFileSync(RULES_PAGE, 'utf8') !== rulesPage(rules)
  return isStale ? [...complaints, 'docs/rules.md is not what the tests say: npm run rules'] : complaints
}

/** Every rule of the project, and what is wrong with them: an id that stands for two, a test without one. */
function readAllRules() {
  const readings = globSync(FILES, { cwd: root })
    .toSorted()
    .map((path) => readRules(path, readFileSync(root + path, 'utf8')))
  const rules = readings.flatMap((reading) => reading.rules)
  return { rules, complaints: [...readings.flatMap((reading) => reading.complaints), ...ambiguous(rules)] }
}

/**
 * The rules of one file of tests, by its syntax.
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
  /** The names of the groups around, and whether one of them has an id. @type {{ name: string, hasId: boolean }[]} */
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
        complaints.push(`${path}:${line}: a test without the id of a rule: ${name}`)
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
 * Ids that stand for two sentences.
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
 * The page, as the rules have it.
 *
 * @param {readonly Rule[]} rules
 */
export function rulesPage(rules) {
  for (const { path } of rules) if (!areaOf(path)) throw new Error(`${path} is in no area of docs/rules.md`)
  const areas = Object.entries(AREAS).map(([folder, title]) => {
    const files = Map.groupBy(
      rules.filter(({ path }) => areaOf(path) === folder),
      ({ path }) => path,
    )
    return [`## ${title}`, ...[...files].map(([path, own]) => section(path, own))].join('\n\n')
  })
  return `# Rules

What the tests hold, ${new Set(rules.map(({ id }) => id)).size} rules, each with its id and the file that tests it. Written by \`npm run rules\`.

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
 * What a call of vitest makes. In `it.each(table)(name)` the outer call makes tests, and has their name.
 *
 * @param {import('vite').ESTree.Expression} callee
 * @returns {'test' | 'group' | undefined}
 */
function kindOf(callee) {
  const isOuter = callee.type === 'CallExpression'
  let tested = isOuter ? callee.callee : callee
  while (tested.type === 'MemberExpression') {
    const isInner = tested.property.type === 'Identifier' && MADE_IN_TWO_CALLS.has(tested.property.name)
    if (isInner && !isOuter) return undefined
    tested = tested.object
  }
  if (tested.type !== 'Identifier') return undefined
  return tested.name === 'it' ? 'test' : tested.name === 'describe' ? 'group' : undefined
}

/**
 * What a name says, with … for what is only known when it runs.
 *
 * @param {import('vite').ESTree.Argument | undefined} node
 */
function textOf(node) {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value
  if (node?.type === 'TemplateLiteral') return node.quasis.map(({ value }) => value.cooked).join('…')
  return undefined
}

if (process.argv[1] === import.meta.filename) {
  const { rules, complaints } = readAllRules()
  for (const complaint of complaints) console.error(complaint)
  writeFileSync(RULES_PAGE, rulesPage(rules))
  process.exitCode = complaints.length > 0 ? 1 : 0
}
