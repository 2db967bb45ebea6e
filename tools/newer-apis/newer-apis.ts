import { readFileSync } from 'node:fs'
import { parseSync, Visitor } from 'vite'
import { root } from '../install.mjs'

export const NEWER_APIS = new URL('newer-apis.txt', import.meta.url)
const TARGET = /target: \[(.*)\]/
const BROWSER = /'(\D+)([\d.]+)'/g

/** What MDN says of a feature, in one browser. */
interface Statement {
  version_added?: string | boolean | null
  version_removed?: string | boolean | null
  prefix?: string
  alternative_name?: string
  flags?: unknown
}

/** A feature of MDN's data. It holds others under their names. */
interface Feature {
  __compat?: { support: Record<string, Statement | Statement[] | undefined> }
}

type Named = readonly [name: string, feature: Feature]

/**
 * An interface or a global object that some browser of the target lacks, or some members of it. A `~` stands before a
 * member whose name an older API has as well.
 */
export interface NewerApi {
  name: string
  members: readonly string[]
}

/** The oldest version of each browser that the page is built for. */
export function oldestBrowsers(): [browser: string, version: number][] {
  const [, browsers = ''] = TARGET.exec(readFileSync(`${root}vite.config.ts`, 'utf8')) ?? []
  return [...browsers.matchAll(BROWSER)].map(([, browser = '', version]) => [browser, Number(version)])
}

/** What MDN's data lists that a browser of the target may lack. */
export function newerApisIn(data: unknown, browsers: readonly [string, number][]): NewerApi[] {
  const { api, javascript } = Object(data)
  const builtins = featuresIn(javascript.builtins)
  const tops = [...featuresIn(api), ...builtins].flatMap((top) => [top, ...nested(top)])
  const isNewer = ([, feature]: Named) => isMissing(feature, browsers)
  const older = new Set(
    tops
      .filter((top) => !isNewer(top))
      .flatMap(([, feature]) =>
        featuresIn(feature)
          .filter((one) => !isNewer(one))
          .map(nameOf),
      ),
  )
  return tops.flatMap((top): NewerApi[] => {
    const [name, feature] = top
    const members = featuresIn(feature)
      .filter(([member, inner]) => member !== name && isMissing(inner, browsers))
      .map(nameOf)
      .map((member) => (older.has(member) ? `~${member}` : member))
    const some = members.length === 0 ? [] : [{ name, members }]
    if (!isNewer(top)) return some
    // What an iterator has is reached without its global name.
    return [{ name, members: [] }, ...(builtins.includes(top) ? some : [])]
  })
}

/** `Intl` and `WebAssembly` hold objects with members of their own. */
function nested([name, feature]: Named): Named[] {
  if (name !== 'Intl' && name !== 'WebAssembly') return []
  return featuresIn(feature).map(([inner, of]) => [`${name}.${inner}`, of])
}

function nameOf([name]: Named): string {
  return name.replace(/_(?:static|event)$/, '')
}

function featuresIn(feature: object): Named[] {
  return Object.entries(feature).filter(([name]) => /^[a-z]\w*$/i.test(name))
}

function isMissing({ __compat }: Feature, browsers: readonly [string, number][]): boolean {
  if (__compat === undefined) return false
  return browsers.some(([browser, oldest]) => {
    const said = __compat.support[browser]
    return ![said].flat().some((statement) => statement !== undefined && isThere(statement, oldest))
  })
}

function isThere(statement: Statement, oldest: number): boolean {
  const { version_added, version_removed, prefix, alternative_name, flags } = statement
  if (prefix || alternative_name || flags || versionOf(version_removed) <= oldest) return false
  return versionOf(version_added) <= oldest
}

/** Not a number where it is in no version. */
function versionOf(said: Statement['version_added']): number {
  return said === true ? 0 : Number.parseFloat(String(said).replace('≤', ''))
}

/** The list as lines of text: a name, and behind it members. */
export function writeNewerApis(apis: readonly NewerApi[]): string {
  return apis.map(({ name, members }) => `${[name, ...members].join(' ')}\n`).join('')
}

export function readNewerApis(): NewerApi[] {
  const lines = readFileSync(NEWER_APIS, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
  return lines.map((line) => {
    const [name = '', ...members] = line.split(' ')
    return { name, members }
  })
}

/**
 * The names in a file that may stand for an API: globals, members of anything, and `URL.parse` of both; and the names that
 * it gives to things of its own.
 */
export function apiNamesIn(path: string, code: string): { used: Set<string>; own: Set<string> } {
  const used = new Set<string>()
  const own = new Set<string>()
  const { program } = parseSync(path, code)
  const add = (names: Set<string>, node: { type: string } | null) => {
    if (node?.type === 'Identifier' && 'name' in node) names.add(String(node.name))
  }
  new Visitor({
    MemberExpression({ object, property, computed }) {
      add(used, object)
      if (computed) return
      add(used, property)
      if (object.type === 'Identifier' && property.type === 'Identifier')
        used.add(`${object.name}.${property.name}`)
    },
    CallExpression({ callee, arguments: [first] }) {
      add(used, callee)
      const isListening = callee.type === 'MemberExpression' || callee.type === 'Identifier'
      if (isListening && /addEventListener\($/.test(code.slice(callee.start, first?.start ?? 0)))
        if (first?.type === 'Literal') used.add(String(first.value))
    },
    NewExpression({ callee }) {
      add(used, callee)
    },
    BinaryExpression({ operator, left }) {
      // As in `'share' in navigator`.
      if (operator === 'in' && left.type === 'Literal') used.add(String(left.value))
    },
    ObjectPattern({ properties }) {
      for (const property of properties) if (property.type === 'Property') add(used, property.key)
    },
    ObjectExpression({ properties }) {
      for (const property of properties) if (property.type === 'Property') add(own, property.key)
    },
    TSPropertySignature({ key }) {
      add(own, key)
    },
    TSMethodSignature({ key }) {
      add(own, key)
    },
    VariableDeclarator({ id }) {
      add(own, id)
    },
    FunctionDeclaration({ id, params }) {
      add(own, id)
      for (const param of params) if ('type' in param) add(own, param)
    },
    ImportSpecifier({ local }) {
      add(own, local)
    },
  }).visit(program)
  return { used, own }
}

/** The names of an API as `apiNamesIn` writes them. A name that an older API has as well counts only behind its object. */
export function apiNamesOf({ name, members }: NewerApi): string[] {
  if (members.length === 0) return [name.replace(/^.*\./, '')]
  return members.map((member) => (member.startsWith('~') ? `${name}.${member.slice(1)}` : member))
}
