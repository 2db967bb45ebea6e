import { beforeEach, expect, test, vi } from 'vitest'
import type { ScrollPosition } from '../../../client/storage/scroll-positions.ts'

const PLACE: ScrollPosition = { seq: 7, offset: -20.5, leftAt: 90 }

/** A tab as it is loaded, with what it has stored. */
async function load() {
  vi.resetModules()
  return import('../../../client/storage/scroll-positions.ts')
}

let stored: Map<string, string>
beforeEach(() => {
  stored = new Map()
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, text: string) => stored.set(key, text),
    removeItem: (key: string) => stored.delete(key),
  })
})

test('[PO1] the scroll position survives a reload, once', async () => {
  const before = await load()
  before.saveScrollPosition('yard', PLACE)
  before.saveScrollPosition('hall', PLACE)
  before.saveScrollPosition('hall', undefined)
  const { takeScrollPosition: takePosition } = await load()
  expect(takePosition('hall')).toBeUndefined()
  expect(takePosition('yard')).toEqual(PLACE)
  expect(takePosition('yard')).toBeUndefined()
  expect(stored.size).toBe(0)
})

test.each([
  'no json',
  'null',
  '[]',
  '{"yard":null}',
  '{"yard":{"seq":"7","offset":0,"leftAt":9}}',
  '{"yard":{"seq":7}}',
])('[PO2] stored text that is no position, such as %s, is ignored', async (text) => {
  stored.set('hallway:positions', text)
  const { takeScrollPosition: takePosition } = await load()
  expect(takePosition('yard')).toBeUndefined()
})

test('[PO3] without storage the position lasts as long as the page', async () => {
  vi.stubGlobal('sessionStorage', undefined)
  const { saveScrollPosition: keepPosition, takeScrollPosition: takePosition } = await load()
  keepPosition('yard', PLACE)
  expect(takePosition('yard')).toEqual(PLACE)
})
