import { expect, it } from 'vitest'
import { EMOJI } from '../../../client/emoji/emoji-list.ts'
import { emojiName, findEmoji } from '../../../client/emoji/find-emoji.ts'
import { moveInGrid } from '../../../client/emoji/move-in-grid.ts'
import { LIMITS } from '../../../src/protocol/limits.ts'

it('[EJ1] each emoji is one sign that can be a reaction, and has names that can be typed', () => {
  expect(EMOJI.length).toBeGreaterThan(350)
  for (const { sign, names } of EMOJI) {
    expect([...new Intl.Segmenter().segment(sign)], sign).toHaveLength(1)
    expect(sign).toMatch(/^(?:\p{Extended_Pictographic}|\p{RI}|\ufe0f|\u200d)+$/u)
    expect(sign.length).toBeLessThanOrEqual(LIMITS.emojiLength)
    expect(names.length, sign).toBeGreaterThan(0)
    for (const name of names) expect(name).toMatch(/^[a-z0-9_+-]{2,}$/)
  }
})

it('[EJ2] no emoji and no name occurs twice', () => {
  const twice = (all: string[]) => all.filter((one, at) => all.indexOf(one) !== at)
  expect(twice(EMOJI.map(({ sign }) => sign))).toEqual([])
  expect(twice(EMOJI.flatMap(({ names }) => names))).toEqual([])
})

it('[EJ3] emoji are found by the beginning of a name, then by a later word of it', () => {
  const signs = (query: string) => findEmoji(EMOJI, query).map(({ sign }) => sign)
  expect(signs('tada')).toEqual(['🎉'])
  expect(signs('red heart')).toEqual(['❤️'])
  expect(signs('Heart').slice(0, 3)).toEqual(['😍', '🫶', '❤️'])
  expect(signs('heart')).toContain('💚')
  expect(signs('xyzzy')).toEqual([])
  expect(signs(' ')).toHaveLength(EMOJI.length)
})

it('[EJ4] an emoji is called by its first name', () => {
  expect(emojiName({ sign: '😍', names: ['heart_eyes', 'love'] })).toBe('heart eyes')
})

it('[EJ5] arrow keys go along a line, and up and down to the nearest emoji', () => {
  const places = [
    { x: 0, y: 0 },
    { x: 10, y: 0 },
    { x: 20, y: 0 },
    { x: 0, y: 10 },
    { x: 10, y: 10 },
  ]
  const to = (from: number, key: string) => moveInGrid(places, from, `Arrow${key}`)
  expect([to(0, 'Right'), to(2, 'Right'), to(4, 'Right'), to(0, 'Left')]).toEqual([
    1,
    3,
    undefined,
    undefined,
  ])
  expect([to(1, 'Down'), to(2, 'Down'), to(3, 'Down')]).toEqual([4, 4, undefined])
  expect([to(4, 'Up'), to(0, 'Up')]).toEqual([1, 'above'])
  // Between two that are as near it is the first.
  const between = [
    { x: 5, y: 0 },
    { x: 0, y: 10 },
    { x: 10, y: 10 },
  ]
  expect(moveInGrid(between, 0, 'ArrowDown')).toBe(1)
  expect([moveInGrid(places, 3, 'Home'), moveInGrid(places, 0, 'End'), moveInGrid(places, 0, 'x')]).toEqual([
    0,
    4,
    undefined,
  ])
})
