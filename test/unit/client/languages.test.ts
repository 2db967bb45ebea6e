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
])('[LA2] Arabic has a form of its own for %i', (count, words) => {
  expect(roomAr.timeline.newer(count)).toBe(words)
})

test('[LA3] the six forms of Arabic for people differ where they should', () => {
  const said = [0, 1, 2, 3, 11, 100].map((count) => doorAr.join.online(count))
  expect(new Set(said).size).toBe(6)
  expect([
    moderationAr.duration(60_000),
    moderationAr.duration(120_000),
    moderationAr.duration(86_400_000 * 11),
  ]).toEqual(['دقيقة واحدة', 'دقيقتين', '11 يومًا'])
})

test('[LA4] German has two forms, and writes numbers and lists its own way', () => {
  expect(roomDe.timeline.newer(1)).toBe('1 neue Nachricht')
  expect(roomDe.timeline.newer(1_200)).toBe('1.200 neue Nachrichten')
  expect(roomDe.typing(['Ann', 'Ben'])).toBe('Ann und Ben schreiben gerade')
  expect(roomDe.typing(['Ann'])).toBe('Ann schreibt gerade')
  expect(moderationDe.link.left(3)).toBe('noch 3-mal')
})

test('[LA5] a name that runs the other way is closed off from the sentence, and no other', () => {
  expect(roomEn.rooms.invited('Ann')).toBe('Ann invites you')
  expect(roomEn.rooms.invited('محمد')).toBe('\u2068محمد\u2069 invites you')
  expect(roomDe.timeline.announced('דנה', 'Hallo')).toBe('\u2068דנה\u2069: Hallo')
  expect(roomAr.composer.placeholderTo('Ann 2')).toBe('اكتب إلى \u2068Ann 2\u2069')
  expect(formatsOf('de').named('Zoë')).toBe('Zoë')
})

test('[LA6] Arabic runs from the right', () => {
  expect([directionOf('en'), directionOf('de'), directionOf('ar')]).toEqual(['ltr', 'ltr', 'rtl'])
})

test.each([
  ['en', roomEn],
  ['de', roomDe],
  ['ar', roomAr],
])('[LA7] in %s a reaction is called by the number that stands on it', (_, { timeline }) => {
  for (const count of [1, 2, 11]) expect(timeline.reaction('👍', count)).toContain(`${count}`)
})
