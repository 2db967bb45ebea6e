import { beforeEach, expect, test, vi } from 'vitest'

let stored: Map<string, string>
beforeEach(() => {
  stored = new Map()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, text: string) => stored.set(key, text),
    removeItem: (key: string) => stored.delete(key),
  })
})

/** As the page is loaded. */
async function load() {
  vi.resetModules()
  return import('../../../client/storage/forgotten-rooms.ts')
}

test('[FN1] a forgotten room stays forgotten after a reload, until it is joined, and its name is not stored', async () => {
  const before = await load()
  before.markForgotten('yard')
  before.markForgotten('hall')
  expect([...stored.values()].join()).not.toMatch(/yard|hall/)
  const { isForgotten, unmarkForgotten } = await load()
  expect(['yard', 'hall', 'shed'].map(isForgotten)).toEqual([true, true, false])
  unmarkForgotten('yard')
  unmarkForgotten('shed')
  expect(['yard', 'hall', 'shed'].map(isForgotten)).toEqual([false, true, false])
  unmarkForgotten('hall')
  expect(stored.size).toBe(0)
})

test('[FN2] at most the latest fifty forgotten rooms are stored', async () => {
  const { isForgotten, markForgotten } = await load()
  for (let n = 0; n < 60; n += 1) markForgotten(`room-${n}`)
  markForgotten('room-30')
  const known = Array.from({ length: 60 }, (_, n) => n).filter((n) => isForgotten(`room-${n}`))
  expect(known).toEqual(Array.from({ length: 50 }, (_, n) => n + 10))
})
