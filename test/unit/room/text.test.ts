import { expect, it } from 'vitest'
import { fingerprint, isLongerThan, utf8Length } from '../../../src/room/model/text.ts'

it.each([
  '',
  'tea',
  '\u007f',
  '\u0080',
  '\u07ff',
  '\u0800',
  '\ud7ff',
  '\ue000',
  '\uffff',
  '🎈',
  '\u{10ffff}',
])('[TX1] %j has as many bytes as in UTF-8, at any place of a text', (text) => {
  for (const whole of [text, `a${text}`, `${text}b`, `ü${text}🎈${text}€`])
    expect(utf8Length(whole)).toBe(Buffer.byteLength(whole))
})

it('[TX2] a lone surrogate has as many bytes as its replacement', () => {
  const halves = [
    '\ud83c',
    '\udf88',
    'a\ud83c',
    '\ud83ca',
    '\ud83c€',
    '\udf88\ud83c',
    '\ud800\udbff',
    '\udc00\udc01',
    '\ud800\ue000',
    '\udfff\ue000',
  ]
  for (const half of halves) expect(utf8Length(half)).toBe(Buffer.byteLength(half))
  for (const pair of ['\ud800\udc00', '\udbff\udfff']) expect(utf8Length(pair)).toBe(4)
})

it('[TX3] a text is longer than a limit in bytes from one byte more, in any script', () => {
  for (const [text, bytes] of [
    ['tea', 3],
    ['€€', 6],
    ['aü', 3],
    ['🎈', 4],
  ] as const) {
    const longer = [bytes - 1, bytes, bytes + 1].map((limit) => isLongerThan(text, limit))
    expect(longer).toEqual([true, false, false])
  }
})

it.each([
  ['nothing', '', 'wvjl67o803'],
  ['a word', 'tea', '1zy2qkjfkse'],
  ['another', 'Tea', 'nd21xxg26j'],
  ['what is not ASCII', '€ and 🎈', '1fftx8r6ro9'],
  ['a long text', 'x'.repeat(4_000), 'esvvf44n1j'],
])('[TX4] the fingerprint of %s is unchanged, so that stored ones still match', (_, text, stands) => {
  expect(fingerprint(text)).toBe(stands)
})
