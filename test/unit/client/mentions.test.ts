import { expect, it } from 'vitest'
import {
  isMentioned,
  mentionableNames,
  mentionsIn,
  namesMentioned,
} from '../../../client/markdown/mentions.ts'

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
])('[MN1] whether %j mentions ben: %s', (body, isMention) => {
  expect(isMentioned(body, 'ben')).toBe(isMention)
})

it('[MN2] a name of several words can be mentioned, and an empty one cannot', () => {
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
])('[MN3] the mentions in %j', (text, found) => {
  const callable = mentionableNames(['ben', 'ada', 'Ada Lovelace', ''])
  expect(mentionsIn(text, callable).map(({ start, end, name }) => `${start}-${end} ${name}`)).toEqual(found)
})

it('[MN5] no mention is found within another', () => {
  const callable = mentionableNames(['ben', 'ann @ben'])
  expect(mentionsIn('@ann @ben', callable)).toEqual([{ start: 0, end: 9, name: 'ann @ben' }])
})

it('[MN4] each name is listed once, and each listed name is a mention', () => {
  const callable = mentionableNames(['Ben', 'Ann'])
  const text = '@ben @ann, @BEN'
  expect(namesMentioned(text, callable)).toEqual(['Ben', 'Ann'])
  expect(['Ben', 'Ann'].every((name) => isMentioned(text, name))).toBe(true)
})
