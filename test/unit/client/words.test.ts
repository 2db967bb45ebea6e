import { expect, test } from 'vitest'
import { doorEn } from '../../../client/i18n/en/door.ts'
import { roomEn } from '../../../client/i18n/en/room.ts'
import { parseRoute } from '../../../client/routing/route.ts'
import { hueOf, initialsOf } from '../../../client/ui/person-colour.ts'

test.each([
  [['Ann'], 'Ann is typing'],
  [['Ann', 'Ben'], 'Ann and Ben are typing'],
  [['Ann', 'Ben', 'Cy'], 'Ann, Ben and Cy are typing'],
  [['Ann', 'Ben', 'Cy', 'Di', 'Ed'], 'Ann, Ben and 3 others are typing'],
])('[WO1] when %j type, the line says: %s', (names, words) => {
  expect(roomEn.typing(names)).toBe(words)
})

test('[WO2] singular and plural differ', () => {
  expect(roomEn.timeline.newer(1)).toBe('1 new message')
  expect(roomEn.timeline.newer(1_200)).toBe('1,200 new messages')
  expect(doorEn.join.online(1)).toBe('One person is here now.')
})

test.each([
  ['Ann', 'A'],
  ['ann lee', 'AL'],
  ['Mary Jane Watson', 'MW'],
  ['jean-luc', 'JL'],
  ['🦊 fox', '🦊F'],
  ['e\u0301mile', 'E\u0301'],
  ['محمد', 'م'],
])('[WO3] the initials of %j are %j', (name, initials) => {
  expect(initialsOf(name)).toBe(initials)
})

test('[WO4] a name has one colour however it is written, and all twelve are used', () => {
  expect(hueOf('ANN')).toBe(hueOf('ann'))
  const hues = new Set(Array.from({ length: 300 }, (_, index) => hueOf(`Person ${index}`)))
  expect([...hues].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
})

test.each([
  ['/', { kind: 'front' }],
  ['/r/main', { kind: 'room', room: 'main' }],
  ['/r/Main/', { kind: 'room', room: 'main' }],
  ['/r/-x', { kind: 'nowhere' }],
  ['/r/a/b', { kind: 'nowhere' }],
  ['/r/a%20b', { kind: 'nowhere' }],
  ['/other', { kind: 'nowhere' }],
])('[WO5] %s', (path, route) => {
  expect(parseRoute(path)).toEqual(route)
})
