import { expect, it } from 'vitest'
import { callableOf, isMentioned, mentionsIn, namesMentioned } from '../../../client/markdown/mentions.ts'

it.each([
  ['@ben', true],
  ['hello @Ben!', true],
  ['(@ben)', true],
  ['@ben: look', true],
  ['@benjamin', false],
  ['ann@ben.example', false],
  ['ben', false],
  ['@benjamin and @ben', true],
  // A letter of two code units.
  ['𝒜@ben', false],
  ['', false],
])('[MN1] calls ben: %j %s', (body, isCalled) => {
  expect(isMentioned(body, 'ben')).toBe(isCalled)
})

it('[MN2] takes a name of several words, and none for nobody', () => {
  expect(isMentioned('is @ada lovelace here?', 'Ada Lovelace')).toBe(true)
  expect(isMentioned('is @ada here?', 'Ada Lovelace')).toBe(false)
  expect(isMentioned('@', '')).toBe(false)
})

it.each([
  ['hi @Ben!', ['3-7 ben']],
  ['@ada lovelace and @ada', ['0-13 Ada Lovelace', '18-22 ada']],
  ['@adam, a@ada, @ada_', []],
  ['@ben@ada', ['0-4 ben']],
  ['@@ben', ['1-5 ben']],
  ['nobody', []],
])('[MN3] finds who is called in %j', (text, found) => {
  const callable = callableOf(['ben', 'ada', 'Ada Lovelace', ''])
  expect(mentionsIn(text, callable).map(({ start, end, name }) => `${start}-${end} ${name}`)).toEqual(found)
})

it('[MN5] finds nobody within a name that was found', () => {
  const callable = callableOf(['ben', 'ann @ben'])
  expect(mentionsIn('@ann @ben', callable)).toEqual([{ start: 0, end: 9, name: 'ann @ben' }])
})

it('[MN4] tells each once, and a call it finds is one that calls', () => {
  const callable = callableOf(['Ben', 'Ann'])
  const text = '@ben @ann, @BEN'
  expect(namesMentioned(text, callable)).toEqual(['Ben', 'Ann'])
  expect(['Ben', 'Ann'].every((name) => isMentioned(text, name))).toBe(true)
})
