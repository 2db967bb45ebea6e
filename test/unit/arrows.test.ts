import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
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
  ['src/room', 'unhomoglyph'],
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

// A small tree under the real settings, with one file for each import above.
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

it.each(ALLOWED)('%s may import %s', (folder, target) => {
  expect(refused).not.toContain(fileOf(folder, target))
})

it.each(FORBIDDEN)('%s may not import %s', (folder, target) => {
  expect(refused).toContain(fileOf(folder, target))
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
