import { expect, it } from 'vitest'
import { exportsOf, repeatedExports, repeatedFiles } from '../../tools/names.mjs'

it('[NA1] the check of names reports a name that two files export, types included', () => {
  const exports = ['src/a.ts', 'client/b.ts'].flatMap((path) =>
    exportsOf(path, 'export interface Row {}\nconst other = 1\nexport { other as one }').map((name) => ({
      name,
      path,
    })),
  )
  expect(repeatedExports(exports)).toEqual([
    'The exported name Row stands for several things: client/b.ts, src/a.ts',
    'The exported name one stands for several things: client/b.ts, src/a.ts',
  ])
})

it('[NA2] a name that a file re-exports counts only where it is declared', () => {
  expect(
    exportsOf('src/a.ts', "export { Row } from './row.ts'\nexport type { Other } from './row.ts'"),
  ).toEqual([])
})

it('[NA3] the check of names reports a file name in two folders, except names that every program has', () => {
  const paths = [
    'src/room/state.ts',
    'tools/state.ts',
    'src/worker.ts',
    'bench/worker.ts',
    'test/a/x.test.ts',
    'test/b/x.test.ts',
  ]
  expect(repeatedFiles(paths)).toEqual([
    'The file name state.ts stands for several things: src/room/state.ts, tools/state.ts',
  ])
})

it('[NA4] a name that every language exports counts once', () => {
  const of = (path: string) => ({ name: 'door', path })
  const languages = [of('client/i18n/en/door.ts'), of('client/i18n/ar/door.ts')]
  expect(repeatedExports(languages)).toEqual([])
  expect(repeatedExports([...languages, of('src/door.ts')])).toEqual([
    'The exported name door stands for several things: client/i18n/*/door.ts, src/door.ts',
  ])
})
