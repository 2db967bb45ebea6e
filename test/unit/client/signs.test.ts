import { afterEach, expect, it, vi } from 'vitest'
import { EMOJI } from '../../../client/emoji/emoji-list.ts'
import { signsOf } from '../../../client/lib/signs.ts'

afterEach(() => vi.unstubAllGlobals())

const withoutSegmenter = (text: string): readonly string[] => {
  vi.stubGlobal('Intl', {})
  return signsOf(text)
}

it.each([
  '',
  'Ann',
  'e\u0301mile',
  '👩\u200d👩\u200d👧\u200d👦🦊',
  '👍🏽👩🏿\u200d🚀',
  '🇩🇪🇫🇷🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}',
  '1\ufe0f\u20e3❤\ufe0f🏳\ufe0f\u200d🌈',
  'محمّد',
  'การ์ตูน',
  '日本語 한국어',
  EMOJI.map(({ sign }) => sign).join(''),
])('[OL6] %j has the same signs without Intl.Segmenter', (text) => {
  const signs = signsOf(text)
  expect(signs.join('')).toBe(text)
  expect(withoutSegmenter(text)).toEqual(signs)
})
