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

test.each([
  ['https://www.paypal.com\u2044signin.evil.example/', 'https://www.paypal.xn--comsignin-sn0e.evil.example/'],
  ['https://good.com\u2215x.evil.example', 'https://good.xn--comx-id9a.evil.example/'],
  ['http://www.\u0430\u0440\u0440\u04cf\u0435.com/login', 'http://www.xn--80ak6aa92e.com/login'],
  ['https://münchen.example/?a=b#c', 'https://xn--mnchen-3ya.example/?a=b#c'],
  ['https://\uff45vil.example/', 'https://evil.example/'],
  ['https://%65vil.example/', 'https://evil.example/'],
  ['https:///evil.example/bank.example', 'https://evil.example/bank.example'],
  ['https://evil.example\\bank.example', 'https://evil.example\\bank.example'],
  ['https://@evil.example/', 'https://evil.example/'],
  ['http://0x7f.1/', 'http://127.0.0.1/'],
  ['http://EXAMPLE.org:8080/A', 'http://EXAMPLE.org:8080/A'],
  ['https://example.org:443', 'https://example.org:443'],
  ['http://[::1]:80/', 'http://[::1]:80/'],
])('[LI5] the link of %j reads %j, and so names the host it leads to', (text, shown) => {
  expect(linksIn(text)).toEqual([shown])
})

test.each(['\u3164', '\uffa0', '\u115f', '\u1160'])('[LI6] a filler %j in a host is not drawn', (filler) => {
  const links = parseLinks(`https://accounts.google.com${filler.repeat(8)}.evil.example/`)
  for (const span of links) if (span.kind === 'link') expect(span.text).toMatch(/^https:\/\/[\x21-\x7e]+$/)
  expect(links).toHaveLength(1)
})

test('[LI3] what stands beside links is unchanged, and every link is http or https to the host that it shows', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.webUrl(),
    fc.constantFrom('https://', ')', '(', '.', ' '),
  )
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join('')
      const spans = parseLinks(text)
      for (const span of spans) {
        if (span.kind === 'words' || span.text !== span.href) expect(text).toContain(span.text)
        if (span.kind === 'words') continue
        expect(span.href).toMatch(/^https?:\/\//)
        const [, host = ''] = /^https?:[/\\]{2}([^/\\?#]+)/i.exec(span.text) ?? []
        expect(host.replace(/:\d*$/, '').toLowerCase()).toBe(new URL(span.href).hostname)
      }
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
