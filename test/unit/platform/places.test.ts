import { globSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { type Objects, objectOf } from '../../../src/platform/places.ts'

/** Objects that say what was asked of them: the platform's own have jurisdictions only where it is Cloudflare. */
function objects(path = ''): Objects<string> {
  return {
    jurisdiction: (name) => objects(`${path}${name}/`),
    getByName: (name, ...where) => `${path}${name}${where.length > 0 ? JSON.stringify(where) : ''}`,
  }
}

it.each([
  [{}, 'tea'],
  [{ JURISDICTION: '', LOCATION_HINT: '' }, 'tea'],
  [{ JURISDICTION: 'eu' }, 'eu/tea'],
  [{ JURISDICTION: 'us', LOCATION_HINT: 'enam' }, 'us/tea[{"locationHint":"enam"}]'],
  [{ LOCATION_HINT: 'apac-se' }, 'tea[{"locationHint":"apac-se"}]'],
])('[JU1] an object is asked for where %j says: %s', (config, asked) => {
  expect(objectOf(objects(), 'tea', config)).toBe(asked)
})

it.each([
  [{ JURISDICTION: 'EU' }, /^JURISDICTION is none of eu, us/],
  [{ JURISDICTION: 'europe' }, /^JURISDICTION/],
  [{ LOCATION_HINT: 'eu' }, /^LOCATION_HINT is none of wnam/],
])('[JU2] %j is no place, and no object is asked for', (config, message) => {
  expect(() => objectOf(objects(), 'tea', config)).toThrow(message)
})

it('[JU3] every object of the product is asked for so, but those of a machine of one’s own', () => {
  const root = new URL('../../../', import.meta.url)
  const others = globSync('src/**/*.ts', { cwd: root })
    .filter((path) =>
      /\.(getByName|idFromName|newUniqueId|idFromString)\(/.test(readFileSync(new URL(path, root), 'utf8')),
    )
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !path.startsWith('src/serve/'))
  expect(others).toEqual(['src/platform/places.ts'])
})
