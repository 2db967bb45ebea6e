// Checks the imports between the folders of the page against the table in docs/architecture.md. The compiler cannot: its
// project references are transitive. Also checks that importing a file of the page starts nothing.
import { globSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { parseSync, Visitor } from 'vite'

const TABLE = 'docs/architecture.md'
const HEAD = '| folder of `client` | holds | may import |'
/** Programs of their own: they run when the browser loads them. */
const PROGRAMS = ['client/pwa/service-worker.ts', 'client/markdown/highlight-worker.ts']
const CODE = /`([^`]+)`/g

/**
 * A line for each import of the page that the table does not allow, each statement that runs at import, and each fault
 * of the table.
 *
 * @param {string} root with a slash at its end
 */
export function checkArrows(root) {
  const allowed = readTable(readFileSync(root + TABLE, 'utf8'))
  const files = globSync('client/*/**/*.{ts,tsx}', { cwd: root })
  const folders = new Set(files.map(folderOf))
  const complaints = [...allowed]
    .filter(([folder]) => !folders.has(folder))
    .map(([folder]) => `${TABLE}: there is no folder client/${folder}`)
  for (const folder of folders) {
    if (!allowed.has(folder)) complaints.push(`${TABLE}: client/${folder} is not in the table`)
  }
  const above = new Set()
  for (const [folder, targets] of allowed) {
    for (const target of targets) {
      if (!above.has(target)) complaints.push(`${TABLE}: ${folder} may import ${target}, but stands above it`)
    }
    above.add(folder)
  }
  for (const path of files) {
    const from = folderOf(path)
    const { program } = parseSync(path, readFileSync(root + path, 'utf8'))
    if (!PROGRAMS.includes(path) && program.body.some(({ type }) => type === 'ExpressionStatement')) {
      complaints.push(`${path}: importing this file runs a statement`)
    }
    for (const to of importsOf(path, program)) {
      if (to === from || allowed.get(from)?.includes(to)) continue
      complaints.push(`${path}: client/${from} may not import client/${to || 'app.tsx or main.tsx'}`)
    }
  }
  return complaints
}

/**
 * The folders in the table's order, each with the folders it may import.
 *
 * @param {string} text
 * @returns {Map<string, string[]>}
 */
export function readTable(text) {
  const lines = text.split('\n')
  const start = lines.indexOf(HEAD)
  if (start < 0) throw new Error(`${TABLE} has no table of folders`)
  const rows = lines.slice(start + 2)
  const end = rows.findIndex((line) => !line.startsWith('|'))
  return new Map(
    rows.slice(0, end < 0 ? undefined : end).map((row) => {
      const [, folder = '', , targets = ''] = row.split('|')
      const names = /** @param {string} cell */ (cell) =>
        [...cell.matchAll(CODE)].map(([, name]) => name ?? '')
      return [names(folder)[0] ?? '', names(targets)]
    }),
  )
}

/**
 * The folders of `client` that a file imports from, in any way; '' stands for `client` itself.
 *
 * @param {string} path
 * @param {import('vite').ESTree.Program} program
 */
function importsOf(path, program) {
  /** @type {Set<string>} */
  const found = new Set()
  /** @param {{ source: unknown }} node */
  const take = ({ source }) => {
    const name = Object(source).value
    if (typeof name !== 'string' || !name.startsWith('.')) return
    const target = posix.join(posix.dirname(path), name)
    if (target.startsWith('client/') && /\.tsx?$/.test(target)) found.add(folderOf(target))
  }
  new Visitor({
    ImportDeclaration: take,
    ExportNamedDeclaration: take,
    ExportAllDeclaration: take,
    ImportExpression: take,
    TSImportType: take,
  }).visit(program)
  return found
}

/** @param {string} path */
function folderOf(path) {
  const [, folder = '', file] = path.split('/')
  return file === undefined ? '' : folder
}
