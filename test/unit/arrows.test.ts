import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkArrows, readTable } from '../../tools/arrows.mjs'
import { node, root } from '../../tools/install.mjs'

const FOLDERS = [
  'src/protocol',
  'src/room',
  'src/platform',
  'src/durable',
  'src/http',
  'client/session',
  'client',
]

const ALLOWED = [
  ['src/protocol', 'valibot'],
  ['src/room', '../protocol/there.ts'],
  ['src/platform', '../protocol/there.ts'],
  ['src/platform', '../room/there.ts'],
  ['src/platform', 'cloudflare:workers'],
  ['src/durable', '../platform/there.ts'],
  ['src/durable', '../room/there.ts'],
  ['src/http', '../durable/there.ts'],
  ['src/http', 'hono/cookie'],
  ['client/session', '../../src/protocol/there.ts'],
  ['client', '../src/protocol/there.ts'],
  ['client', './session/index.ts'],
  ['test', '../client/session/index.ts'],
  ['client', 'preact/hooks'],
] as const

const FORBIDDEN = [
  ['src/protocol', '../room/there.ts'],
  ['src/protocol', 'hono'],
  ['src/protocol', 'cloudflare:workers'],
  ['src/room', '../platform/there.ts'],
  ['src/room', '../durable/there.ts'],
  ['src/room', 'valibot'],
  ['src/room', 'node:crypto'],
  ['src/platform', '../durable/there.ts'],
  ['src/platform', 'hono'],
  ['src/durable', '../worker.ts'],
  ['src/durable', '../http/there.ts'],
  ['src/durable', '../../client/session/there.ts'],
  ['src/durable', 'hono'],
  ['src/http', 'valibot'],
  ['client/session', '../there.ts'],
  ['client/session', '../../src/room/there.ts'],
  ['client/session', 'valibot'],
  ['client', '../src/room/there.ts'],
  ['client', '../src/platform/there.ts'],
  ['client', '../src/durable/there.ts'],
  ['client', 'valibot'],
  ['client', './session/there.ts'],
  ['client/room', '../session/there.ts'],
  ['test', '../client/session/there.ts'],
] as const

// A small tree with the real settings and one file for each import above.
const tree = mkdtempSync(join(tmpdir(), 'arrows-'))
let refused: string

beforeAll(() => {
  copySettings()
  for (const folder of FOLDERS) write(`${folder}/there.ts`, 'export const there = 1')
  write('src/worker.ts', 'export const there = 1')
  write('client/session/index.ts', 'export const there = 1')
  for (const [folder, target] of [...ALLOWED, ...FORBIDDEN]) {
    write(fileOf(folder, target), `import type { there } from '${target}'\nexport type Here = typeof there`)
  }
  const types = run('typescript/bin/tsc', '--build').filter((line) => line.includes('error TS6307'))
  const packages = run(
    '@biomejs/biome/bin/biome',
    'lint',
    '--only=style/noRestrictedImports',
    '--reporter=github',
  )
  refused = [...types, ...packages].join('\n')
}, 60_000)

afterAll(() => rmSync(tree, { recursive: true }))

it.each(ALLOWED)('[IA1] %s may import %s', (folder, target) => {
  expect(refused).not.toContain(fileOf(folder, target))
})

it.each(FORBIDDEN)('[IA2] %s may not import %s', (folder, target) => {
  expect(refused).toContain(fileOf(folder, target))
})

describe('the folders of the page', () => {
  const table = readFileSync(`${root}docs/architecture.md`, 'utf8')
  const allowed = readTable(table)
  const folders = [...allowed.keys()]

  it.each(folders)('[IA3] client/%s may import the folders of its row and no other', (folder) => {
    const page = treeOfPage(table)
    const targets = folders.filter((other) => other !== folder)
    for (const to of targets) page.write(`client/${folder}/imports-${to}.ts`, `import '../${to}/there.ts'`)
    const refused = targets.filter((to) => !allowed.get(folder)?.includes(to))
    expect(page.check().sort()).toEqual(
      refused
        .map((to) => `client/${folder}/imports-${to}.ts: client/${folder} may not import client/${to}`)
        .sort(),
    )
  })

  it.each([
    `import type { there } from '../home/there.ts'`,
    `export { there } from '../home/there.ts'`,
    `export * from '../home/there.ts'`,
    `export const load = () => import('../home/there.ts')`,
    `export type There = typeof import('../home/there.ts')`,
  ])('[IA8] an import of any kind counts: %s', (code) => {
    const page = treeOfPage(table)
    page.write('client/lib/here.ts', code)
    expect(page.check()).toEqual(['client/lib/here.ts: client/lib may not import client/home'])
  })

  it('[IA4] a file deep in a folder counts as that folder', () => {
    const page = treeOfPage(table)
    page.write('client/room/deep/deeper/here.ts', `import '../../../home/there.ts'\nimport '../../there.ts'`)
    expect(page.check()).toEqual(['client/room/deep/deeper/here.ts: client/room may not import client/home'])
  })

  it('[IA9] importing a file of the page starts nothing', () => {
    const page = treeOfPage(table)
    page.write('client/ui/here.ts', `export const title = 'Hallway'\ndocument.title = title`)
    expect(page.check()).toEqual(['client/ui/here.ts: importing this file runs a statement'])
  })

  it('[IA5] no folder imports app.tsx or main.tsx, which render the page', () => {
    const page = treeOfPage(table)
    page.write('client/home/here.ts', `import '../app.tsx'`)
    expect(page.check()).toEqual([
      'client/home/here.ts: client/home may not import client/app.tsx or main.tsx',
    ])
  })

  it('[IA6] the table names every folder, and no others', () => {
    const page = treeOfPage(table.replace('| `lib` |', '| `lob` |'))
    expect(page.check()).toEqual(expect.arrayContaining([expect.stringContaining('no folder client/lob')]))
    expect(page.check()).toEqual(expect.arrayContaining([expect.stringContaining('client/lib is not in')]))
  })

  it('[IA7] a row may name only folders above it', () => {
    const page = treeOfPage(table.replace(/^(\| `lib` .*)\|$/m, '$1 `home` |'))
    expect(page.check()).toEqual(['docs/architecture.md: lib may import home, but stands above it'])
  })

  /** A page with the folders of the table and one file in each. */
  function treeOfPage(text: string) {
    const name = mkdtempSync(join(tree, 'page-'))
    const page = {
      check: () => checkArrows(`${name}/`),
      write(path: string, code: string) {
        mkdirSync(dirname(join(name, path)), { recursive: true })
        writeFileSync(join(name, path), code)
      },
    }
    page.write('docs/architecture.md', text)
    for (const folder of folders) page.write(`client/${folder}/there.ts`, 'export const there = 1')
    return page
  }
})

function copySettings() {
  const base = JSON.parse(readFileSync(`${root}tsconfig.base.json`, 'utf8'))
  base.compilerOptions.outDir = 'out'
  write('tsconfig.base.json', JSON.stringify(base))
  const projects = new Set(FOLDERS.map((folder) => folder.replace(/^src\/(durable|http)$/, 'src')))
  write('tsconfig.json', JSON.stringify({ files: [], references: [...projects].map((path) => ({ path })) }))
  for (const path of ['biome.json', ...[...projects].map((path) => `${path}/tsconfig.json`)]) {
    mkdirSync(dirname(join(tree, path)), { recursive: true })
    cpSync(root + path, join(tree, path))
  }
  symlinkSync(`${root}node_modules`, join(tree, 'node_modules'))
}

function fileOf(folder: string, target: string) {
  return `${folder}/imports-${target.replaceAll(/\W+/g, '-')}.ts`
}

function write(path: string, text: string) {
  mkdirSync(dirname(join(tree, path)), { recursive: true })
  writeFileSync(join(tree, path), text)
}

function run(tool: string, ...args: string[]): string[] {
  const { stdout } = spawnSync(node, [`${root}node_modules/${tool}`, ...args], {
    cwd: tree,
    encoding: 'utf8',
  })
  return stdout.split('\n')
}
