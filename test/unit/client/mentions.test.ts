import { expect, it } from 'vitest'
import { type MentionableNames, mentionableNames } from '../../../client/markdown/mentions.ts'
import { parseInline } from '../../../client/markdown/parse-inline.ts'
import { namesInText } from '../../../client/markdown/read-text.ts'
import { createMentionsSelf } from '../../../client/notifications/mentions-self.ts'
import { atomsIn, inlineAsText } from './notation.ts'

const mentionsIn = (text: string, callable: MentionableNames) => atomsIn('mention', text, callable)
const mentionsSelf = (username: string, others: readonly string[] = []) =>
  createMentionsSelf({ self: { username }, timeline: [], people: others.map((name) => ({ username: name })) })

it.each([
  ['@ben', true],
  ['hello @Ben!', true],
  ['(@ben)', true],
  ['@ben: look', true],
  ['**@ben**', true],
  ['_waves at @ben_', true],
  ['> @ben said', true],
  ['- for @ben', true],
  ['@benjamin', false],
  ['ben', false],
  ['@benjamin and @ben', true],
  // A letter of two code units.
  ['𝒜@ben', false],
  ['', false],
  // What is no mention on the page.
  ['ann@ben.example', false],
  ['see https://chat.example/@ben/1', false],
  ['https://chat.example/@ben', false],
  ['`@ben`', false],
  ['```\n@ben\n```', false],
  ['@ben@chat.example', false],
  ['@ben_', false],
  ['chat.example/@ben', false],
  ['xhttps://chat.example/@ben', false],
  ['https://ann@chat.example/@ben', false],
  ['packages/@ben/index', false],
  ['@ann/@ben', false],
])('[MN1] whether %j mentions ben: %s', (body, isMention) => {
  expect(mentionsSelf('ben')(body)).toBe(isMention)
})

it('[MN2] a name of several words can be mentioned, and an empty one cannot', () => {
  expect(mentionsSelf('Ada Lovelace')('is @ada lovelace here?')).toBe(true)
  expect(mentionsSelf('Ada Lovelace')('is @ada here?')).toBe(false)
  expect(mentionsSelf('')('@')).toBe(false)
})

it('[MN6] a mention of a person with a longer name, who is known in the room, is no mention of the shorter', () => {
  expect(mentionsSelf('Ada')('is @ada lovelace here?')).toBe(true)
  expect(mentionsSelf('Ada', ['Ada Lovelace'])('is @ada lovelace here?')).toBe(false)
})

it.each([
  ['hi @Ben!', ['@Ben']],
  ['@ada lovelace and @ada', ['@ada lovelace', '@ada']],
  ['@adam, a@ada, @ada_', []],
  ['@ben@ada', ['@ben']],
  ['@ben/@ada', ['@ben', '@ada']],
  ['@@ben', ['@ben']],
  ['ok.@ben', ['@ben']],
  ['nobody', []],
])('[MN3] the mentions in %j', (text, found) => {
  expect(mentionsIn(text, mentionableNames(['ben', 'ada', 'Ada Lovelace', '']))).toEqual(found)
})

it('[MN5] no mention is found within another', () => {
  expect(mentionsIn('@ann @ben', mentionableNames(['ben', 'ann @ben']))).toEqual(['@ann @ben'])
})

it('[MN4] each mention names the person as the room knows them', () => {
  const found = namesInText('@ben @ann, @BEN', mentionableNames(['Ben', 'Ann']))
  expect(found.map(({ text, name }) => `${text} ${name}`)).toEqual(['@ben Ben', '@ann Ann', '@BEN Ben'])
})

it.each([
  ['小明', '@小明你在吗，请问@小明在不在。', 2],
  ['小明', 'の@小明に到着、@小明さん', 2],
  ['小明', '@小明님 안녕', 1],
  ['민수', '주소@민수입니다', 1],
  ['สมชาย', 'สวัสดี@สมชายครับ', 1],
  // A mark of the next syllable belongs to the letter before it.
  ['ที', '@ที่', 0],
  ['ລາວ', 'ສະບາຍດີ@ລາວດີ', 1],
  ['សុខ', 'ជំរាប@សុខសួរ', 1],
  ['ben', '@benさん、你好@ben', 2],
  ['محمد', '@محمدين', 0],
  ['ben', '❤️@ben 1️⃣@ben', 2],
])('[MN7] %s is mentioned beside letters of scripts without spaces: %j', (name, text, times) => {
  expect(mentionsIn(text, mentionableNames([name]))).toHaveLength(times)
})

it.each(['_maxim_', '__x__', '*star*', 'pepper_talent_', '~~wave~~', '`tick`', '_a', 'b*', 'x.y.'])(
  '[MN8] the marks in the name %s are a part of it',
  (name) => {
    const callable = mentionableNames([name])
    const drawn = (text: string) => parseInline(text, callable).map(inlineAsText).join('')
    expect(drawn(`@${name} hi, @${name}! **@${name}**`)).toBe(
      `<mention @${name}> hi, <mention @${name}>! <strong <mention @${name}>>`,
    )
  },
)

it('[MN9] marks around a name that is known in the room are text, also without a mention', () => {
  const callable = mentionableNames(['_maxim_', '*star*'])
  const read = (text: string) => parseInline(text, callable).map(inlineAsText).join('')
  expect(read('_maxim_: see *star*')).toBe('<mention _maxim_>: see <mention *star*>')
  expect(read('_maximal_ *stars*')).toBe('<em maximal> <em stars>')
  expect(mentionsSelf('_maxim_')('_maxim_: hello')).toBe(false)
  expect(mentionsSelf('_maxim_')('_maxim_: write `@_maxim_`')).toBe(false)
})

it.each(['@_maxim_ hi', 'thanks, @__x__!', '@*star* and @*star*', '@~~wave~~'])(
  '[MN10] the marks behind an @ are text, also where nobody has the name: %j',
  (text) => {
    expect(parseInline(text)).toEqual([text])
  },
)
