import { expect, it } from 'vitest'
import { areConfusable } from '../../../src/room/model/confusable-names.ts'

it.each([
  ['in capitals', 'PAULA', 'paula'],
  ['with a letter of another alphabet', 'p\u0430ula', 'paula'],
  ['with accents, in one piece or two', 'p\u00e1ula', 'pa\u0301ula'],
  ['with accents or without', 'p\u00e1ula', 'paula'],
  ['with spaces anywhere', 'pa  u la', 'paula'],
  ['in wide letters', '\uff50aula', 'paula'],
])('[LK1] names that differ only in being written %s are equal', (_, one, other) => {
  expect(areConfusable(one, other)).toBe(true)
})

it('[LK2] names that differ in a letter are different', () => {
  expect(areConfusable('ian', 'ion')).toBe(false)
  expect(areConfusable('paul', 'paula')).toBe(false)
})
