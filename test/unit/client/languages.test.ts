import { expect, test } from 'vitest'
import { doorAr } from '../../../client/i18n/ar/door.ts'
import { moderationAr } from '../../../client/i18n/ar/moderation.ts'
import { roomAr } from '../../../client/i18n/ar/room.ts'
import { moderationDe } from '../../../client/i18n/de/moderation.ts'
import { roomDe } from '../../../client/i18n/de/room.ts'
import { roomEn } from '../../../client/i18n/en/room.ts'
import { formatsOf } from '../../../client/i18n/formats.ts'
import { directionOf, pickLanguage } from '../../../client/i18n/page-languages.ts'

test.each([
  [undefined, ['de-AT', 'en'], 'de'],
  [undefined, ['fr', 'ar-EG', 'en'], 'ar'],
  [undefined, ['fr'], 'en'],
  [undefined, [], 'en'],
  ['ar', ['de'], 'ar'],
  ['klingon', ['de'], 'de'],
])('[LA1] with %j chosen and %j wanted the page is in %s', (kept, wanted, language) => {
  expect(pickLanguage(kept, wanted)).toBe(language)
})

test.each([
  [0, 'لا رسائل جديدة'],
  [1, 'رسالة جديدة واحدة'],
  [2, 'رسالتان جديدتان'],
  [3, '3 رسائل جديدة'],
  [10, '10 رسائل جديدة'],
  [11, '11 رسالة جديدة'],
  [100, '100 رسالة جديدة'],
  [103, '103 رسائل جديدة'],
])('[LA2] Arabic uses the right plural form for %i', (count, words) => {
  expect(roomAr.timeline.newer(count)).toBe(words)
})

test('[LA3] Arabic has six plural forms for people', () => {
  const phrases = [0, 1, 2, 3, 11, 100].map((count) => doorAr.join.online(count))
  expect(new Set(phrases).size).toBe(6)
  expect([
    moderationAr.duration(60_000),
    moderationAr.duration(120_000),
    moderationAr.duration(86_400_000 * 11),
  ]).toEqual(['دقيقة واحدة', 'دقيقتين', '11 يومًا'])
})

test('[LA4] German has two plural forms and its own number and list formats', () => {
  expect(roomDe.timeline.newer(1)).toBe('1 neue Nachricht')
  expect(roomDe.timeline.newer(1_200)).toBe('1.200 neue Nachrichten')
  expect(roomDe.typing(['Ann', 'Ben'])).toBe('Ann und Ben schreiben gerade')
  expect(roomDe.typing(['Ann'])).toBe('Ann schreibt gerade')
  expect(moderationDe.link.left(3)).toBe('noch 3-mal')
})

test('[LA5] only a name of the other direction is isolated from the sentence', () => {
  expect(roomEn.rooms.invited('Ann')).toBe('Ann invites you')
  expect(roomEn.rooms.invited('محمد')).toBe('\u2068محمد\u2069 invites you')
  expect(roomDe.timeline.announced('דנה', 'Hallo')).toBe('\u2068דנה\u2069: Hallo')
  expect(roomAr.composer.placeholderTo('Ann 2')).toBe('اكتب إلى \u2068Ann 2\u2069')
  expect(formatsOf('de').named('Zoë')).toBe('Zoë')
})

test('[LA6] Arabic runs from right to left', () => {
  expect([directionOf('en'), directionOf('de'), directionOf('ar')]).toEqual(['ltr', 'ltr', 'rtl'])
})

test.each([
  ['en', roomEn],
  ['de', roomDe],
  ['ar', roomAr],
])('[LA7] in %s the label of a reaction contains its number', (_, { timeline }) => {
  for (const count of [1, 2, 11]) expect(timeline.reaction('👍', count)).toContain(`${count}`)
})
