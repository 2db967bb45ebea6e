import { globSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { root } from '../../tools/install.mjs'
import {
  apiNamesIn,
  apiNamesOf,
  NEWER_APIS,
  newerApisIn,
  oldestBrowsers,
  readNewerApis,
} from '../../tools/newer-apis/newer-apis.ts'

/** What the page uses and some browser of the target lacks, and what happens there. */
const WITH_FALLBACK: Record<string, string> = {
  Segmenter: 'signs.ts has rules of its own',
  clearAppBadge: 'called with ?.',
  databases: 'a list of known names stands in',
  requestIdleCallback: 'a timer stands in',
  setAppBadge: 'called with ?.',
  toWellFormed: 'only the server reads the frames of clients',
  touchcancel: 'a mouse makes none',
  touchend: 'a mouse makes none',
  touchstart: 'a mouse makes none',
  variant: 'valibot’s own, on the server',
}

it('[OL1] the page uses no API that a supported browser lacks, unless it does without', () => {
  const newer = new Set(readNewerApis().flatMap(apiNamesOf))
  const files = globSync('{client,src/protocol}/**/*.{ts,tsx}', { cwd: root }).map((path) =>
    apiNamesIn(path, readFileSync(root + path, 'utf8')),
  )
  const own = new Set(files.flatMap((names) => [...names.own]))
  const uses = files.flatMap(({ used }) => [...used].filter((name) => newer.has(name) && !own.has(name)))
  expect([...new Set(uses)].sort()).toEqual(Object.keys(WITH_FALLBACK).sort())
})

it('[OL2] the list is of the browsers that the page is built for and the README names', () => {
  const readme = readFileSync(`${root}README.md`, 'utf8')
  const [head = ''] = readFileSync(NEWER_APIS, 'utf8').split('\n')
  const browsers = oldestBrowsers()
  expect(browsers.map(([browser]) => browser)).toEqual(['chrome', 'firefox', 'safari'])
  for (const [browser, oldest] of browsers) {
    expect(head).toContain(`${browser} ${oldest}`)
    expect(readme.toLowerCase()).toMatch(
      new RegExp(`${browser}(?: and edge)? ${String(oldest).replace('.', '\\.')}\\b`),
    )
  }
})

it('[OL3] the list has what one browser lacks, behind a flag or a prefix too, and marks names that are older elsewhere', () => {
  const added = (version: string | boolean, more = {}) => ({
    __compat: { support: { chrome: { version_added: '1' }, firefox: { version_added: version, ...more } } },
  })
  const data = {
    api: {
      Old: {
        ...added('1'),
        old: added('≤100'),
        next: added('116'),
        never: added(false),
        get_static: added('120'),
      },
      New: { ...added('116'), inner: added('116') },
      Flagged: added('1', { flags: [] }),
      Prefixed: added('1', { prefix: 'moz' }),
      Removed: added('1', { version_removed: '20' }),
      Changed: added('1', { version_removed: '120' }),
    },
    javascript: {
      builtins: {
        Intl: { ...added('1'), Later: { ...added('125'), of: added('125') } },
        Walk: { ...added('131'), old: added('131'), far: added('131') },
      },
    },
  }
  expect(
    newerApisIn(data, [
      ['chrome', 100],
      ['firefox', 115],
    ]),
  ).toEqual([
    { name: 'Old', members: ['next', 'never', 'get'] },
    { name: 'New', members: [] },
    { name: 'Flagged', members: [] },
    { name: 'Prefixed', members: [] },
    { name: 'Removed', members: [] },
    { name: 'Intl', members: ['Later'] },
    { name: 'Intl.Later', members: [] },
    { name: 'Walk', members: [] },
    { name: 'Walk', members: ['~old', 'far'] },
  ])
})

it.each([
  ['a member', 'const { signal } = AbortSignal.any([])', 'any'],
  ['a member of its object', 'const { signal } = AbortSignal.any([])', 'AbortSignal.any'],
  ['a global', 'new Later()', 'Later'],
  ['a name that is taken out', 'const { canParse } = URL', 'canParse'],
  ['a name that is asked for', "'share' in navigator", 'share'],
  ['a name in a component', 'const a = <p>{list.toSorted()}</p>', 'toSorted'],
])('[OL4] the list is compared with %s', (_what, code, name) => {
  expect([...apiNamesIn('some/where.tsx', code).used]).toContain(name)
})
