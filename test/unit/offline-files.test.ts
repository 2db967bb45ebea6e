import { build } from 'vite'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { root } from '../../tools/install.mjs'

let chunks: { name: string; path: string; code: string; isLazy: boolean; imports: string[] }[]
let kept: string[]

beforeAll(async () => {
  // Only a production build registers the service worker.
  vi.stubEnv('NODE_ENV', 'production')
  const built = await build({
    configFile: `${root}vite.config.ts`,
    root: `${root}client`,
    logLevel: 'silent',
    build: { write: false },
  })
  const output = 'output' in built ? built.output : []
  chunks = output.flatMap((file) =>
    file.type === 'chunk'
      ? [
          {
            name: file.name,
            path: `/${file.fileName}`,
            code: file.code,
            isLazy: file.isDynamicEntry,
            imports: file.imports.map((name) => `/${name}`),
          },
        ]
      : [],
  )
  const worker = output.find(({ fileName }) => fileName === 'sw.js')
  const code = worker?.type === 'chunk' ? worker.code : ''
  kept = JSON.parse(/PARTS=(\[[^\]]*\])/.exec(code)?.[1] ?? '[]')
}, 60_000)

afterAll(() => vi.unstubAllEnvs())

it('[OF1] of the lazy parts, the service worker keeps only those that a room needs offline', () => {
  const lazy = chunks.filter(({ isLazy, path }) => isLazy && kept.includes(path)).map(({ name }) => name)
  expect(lazy.sort()).toEqual([
    'help',
    'joined-room',
    'receive-page',
    'register',
    'show-offline-cache',
    'start-background-work',
    'swipe-back',
    'unsaved-entries',
  ])
})

it('[OF2] the service worker keeps the entry of the page, and every file that a kept file imports', () => {
  expect(kept).toContainEqual(expect.stringMatching(/^\/assets\/index-.*\.js$/))
  expect(kept).toContainEqual(expect.stringMatching(/^\/assets\/index-.*\.css$/))
  // The entrance loads it lazily, and the room at once.
  expect(kept).toContainEqual(expect.stringMatching(/^\/assets\/username-.*\.js$/))
  const needed = chunks.filter(({ path }) => kept.includes(path)).flatMap(({ imports }) => imports)
  expect(kept).toEqual(expect.arrayContaining(needed))
})

it('[OF3] the page carries the limits that it uses as numbers, and not their table', () => {
  expect(chunks.filter(({ code }) => code.includes('maxLength:32'))).not.toEqual([])
  expect(chunks.filter(({ code }) => code.includes('networkUnitsADay')).map(({ name }) => name)).toEqual([])
})
