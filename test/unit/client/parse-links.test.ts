import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseLinks } from '../../../client/markdown/parse-links.ts'

const linksIn = (text: string) =>
  parseLinks(text).flatMap((span) => (span.kind === 'link' ? [span.text] : []))

test.each([
  ['see https://example.org/a?b=c#d now', ['https://example.org/a?b=c#d']],
  ['http://a.example and HTTPS://B.example', ['http://a.example', 'HTTPS://B.example']],
  ['It is at https://example.org.', ['https://example.org']],
  ['(https://example.org/wiki/Door_(furniture))', ['https://example.org/wiki/Door_(furniture)']],
  ['"https://example.org/quoted"', ['https://example.org/quoted']],
  ['line\nhttps://example.org\nline', ['https://example.org']],
])('[LI1] the addresses in %j end before the punctuation of the sentence', (text, links) => {
  expect(linksIn(text)).toEqual(links)
})

test.each([
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'https://',
  'https://user@evil.example/',
  'https://bank.example:secret@evil.example/',
  'ftp://example.org',
  'xhttps://example.org',
  'https://[not-an-address',
])('[LI2] %j has no link', (text) => {
  expect(linksIn(text)).toEqual([])
})

test('[LI3] the spans joined together are the text, and every link is http or https', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.webUrl(),
    fc.constantFrom('https://', ')', '(', '.', ' '),
  )
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join('')
      const spans = parseLinks(text)
      expect(spans.map((span) => span.text).join('')).toBe(text)
      for (const span of spans) if (span.kind === 'link') expect(span.href).toMatch(/^https?:\/\//)
    }),
  )
})

// What is not linear would not come to its end here.
test.each([
  'https://a'.repeat(100_000),
  'https://a '.repeat(100_000),
  `https://a/${')'.repeat(400_000)}`,
  '('.repeat(200_000) + ')'.repeat(200_000),
])('[LI4] the worst long text is parsed in time', (text) => {
  expect(
    parseLinks(text)
      .map((span) => span.text)
      .join(''),
  ).toBe(text)
})
