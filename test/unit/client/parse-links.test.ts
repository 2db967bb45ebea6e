import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Inline } from '../../../client/markdown/parse-inline.ts'
import { parseInline } from '../../../client/markdown/parse-inline.ts'
import type { Link } from '../../../client/markdown/parse-links.ts'
import { drawnInline } from './notation.ts'

const foundIn = (text: string): Link[] => {
  const found = (inline: Inline): Link[] => {
    if (typeof inline === 'string') return []
    if ('children' in inline) return inline.children.flatMap(found)
    return inline.kind === 'link' ? [inline] : []
  }
  return parseInline(text).flatMap(found)
}
const linksIn = (text: string) => foundIn(text).map((link) => link.text)

test.each([
  ['see https://example.org/a?b=c#d now', ['https://example.org/a?b=c#d']],
  ['http://a.example and HTTPS://B.example', ['http://a.example', 'HTTPS://B.example']],
  ['It is at https://example.org.', ['https://example.org']],
  ['(https://example.org/wiki/Door_(furniture))', ['https://example.org/wiki/Door_(furniture)']],
  ['"https://example.org/quoted"', ['https://example.org/quoted']],
  ['line\nhttps://example.org\nline', ['https://example.org']],
  ['**https://example.org/a_b** _https://example.org_', ['https://example.org/a_b', 'https://example.org']],
  ['|https://example.org/a| ~~https://example.org~~', ['https://example.org/a', 'https://example.org']],
  ['https://example.org/a… and', ['https://example.org/a']],
  // An apostrophe within, and one around.
  ["https://en.wikipedia.org/wiki/Ohm's_law", ["https://en.wikipedia.org/wiki/Ohm's_law"]],
  ['https://fr.wikipedia.org/wiki/L’Équipe', ['https://fr.wikipedia.org/wiki/L’Équipe']],
  ["'https://example.org/a'", ['https://example.org/a']],
  ["{'https://a.example','https://b.example'}", ['https://a.example', 'https://b.example']],
  ["https://example.org's page", ['https://example.org']],
  // A joiner that a script needs.
  ['https://fa.wikipedia.org/wiki/می\u200cخواهم', ['https://fa.wikipedia.org/wiki/می\u200cخواهم']],
  ['https://example.org/\u200d ', ['https://example.org/']],
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
  'éhttps://example.org',
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

test.each([
  ['见 https://example.com/a。谢谢', ['https://example.com/a']],
  ['见 https://example.com/a?b=1，谢谢', ['https://example.com/a?b=1']],
  ['https://example.com/b（中文）后', ['https://example.com/b']],
  ['「https://example.com/c」をどうぞ', ['https://example.com/c']],
  ['【https://example.com/d】', ['https://example.com/d']],
  ['看 https://example.com/f、https://example.com/g！', ['https://example.com/f', 'https://example.com/g']],
  ['｜https://example.com/i｜bar', ['https://example.com/i']],
  ['انظر https://example.com/a، شكرا', ['https://example.com/a']],
  ['参考https://example.com/a これhttps://example.com/b', ['https://example.com/a', 'https://example.com/b']],
  ['여기https://example.com/a ดูhttps://example.com/b', ['https://example.com/a', 'https://example.com/b']],
  ['주소는 https://example.com입니다', ['https://example.com']],
  ['見て https://example.comだよね', ['https://example.com']],
  ['ดูที่ https://example.comนะ', ['https://example.com']],
  ['смотри https://example.comпривет', ['https://example.com']],
  ['https://ja.wikipedia.org/wiki/日本', ['https://ja.wikipedia.org/wiki/日本']],
  ['https://例え.jp/', ['https://xn--r8jz45g.jp/']],
])('[LI7] the addresses in %j end where a script without spaces goes on', (text, links) => {
  expect(linksIn(text)).toEqual(links)
})

test.each([
  ['www.example.com/a, and', 'www.example.com/a', 'https://www.example.com/a'],
  ['see example.com.', 'example.com', 'https://example.com/'],
  ['(example.org/a_(b))', 'example.org/a_(b)', 'https://example.org/a_(b)'],
  ['foo.bar.io/x?y#z!', 'foo.bar.io/x?y#z', 'https://foo.bar.io/x?y#z'],
  ['example.com:8080/a', 'example.com:8080/a', 'https://example.com:8080/a'],
  ['example.com입니다', 'example.com', 'https://example.com/'],
  ['**example.com**', 'example.com', 'https://example.com/'],
  ['ann@example.com, hi', 'ann@example.com', 'mailto:ann@example.com'],
  ['<bob.x+y@mail.example>.', 'bob.x+y@mail.example', 'mailto:bob.x+y@mail.example'],
])('[LI8] in %j the address without a scheme is a link: %s', (text, shown, href) => {
  expect(foundIn(text)).toEqual([{ kind: 'link', text: shown, href }])
})

test.each([
  'main.rs and setup.py',
  'Safari.app, Node.js, README.md',
  'It ends.So it does',
  'e.g. this',
  'ASP.NET',
  'git@github.com:hallway/hallway.git',
  'example.com:hallway/hallway.git',
  'src/example.com',
  'a.b=example.com',
  'user.name.com(x)',
  'example.comé',
  'ann@example',
  'ann@example.com/resource',
  '@ann@chat.example',
  '1.5 and v1.2.3',
])('[LI9] %j has no link', (text) => {
  expect(linksIn(text)).toEqual([])
})

test.each([
  ['see [the notes](https://example.com/a_(b)).', 'the notes', 'https://example.com/a_(b)', 'example.com'],
  ['[Node.js docs](https://nodejs.org/api)', 'Node.js docs', 'https://nodejs.org/api', 'nodejs.org'],
  [
    '[аррӏе](http://www.\u0430\u0440\u0440\u04cf\u0435.com)',
    'аррӏе',
    'http://www.xn--80ak6aa92e.com/',
    'www.xn--80ak6aa92e.com',
  ],
  ['[example.com](https://example.com/x)', 'example.com', 'https://example.com/x', undefined],
  [
    '[https://example.com/y](https://example.com/x)',
    'https://example.com/y',
    'https://example.com/x',
    undefined,
  ],
])('[LI10] %j is a link with the host beside its words', (text, words, href, host) => {
  expect(foundIn(text)).toEqual([{ kind: 'link', text: words, href, ...(host && { host }) }])
})

test.each([
  '[bank.example](https://evil.example/)',
  '[https://bank.example](https://evil.example/)',
  '[bank.example/evil.example](https://evil.example/)',
  '[www.bank.example login](https://evil.example/)',
  '[ann@bank.example](https://evil.example/)',
  '[\u0431ank.example](https://evil.example/)',
])('[LI11] words that are the address of another host are no link: %j', (text) => {
  for (const link of foundIn(text)) expect([link.host, linksIn(link.text)]).toEqual([undefined, [link.text]])
  expect(parseInline(text).map(drawnInline).join('')).toBe(text)
})

test.each([
  '[a](javascript:alert(1))',
  '[a](data:text/html,x)',
  '[a](/r/main)',
  '[a](https://u@evil.example)',
  '[](https://)',
])('[LI12] %j is text', (text) => {
  expect(linksIn(text)).toEqual([])
})

test.each(['\u3164', '\uffa0', '\u115f', '\u1160'])('[LI6] a filler %j in a host is not drawn', (filler) => {
  const links = linksIn(`https://accounts.google.com${filler.repeat(8)}.evil.example/`)
  expect(links).toEqual([expect.stringMatching(/^https:\/\/[\x21-\x7e]+$/)])
})

test('[LI3] every link leads to the host that it shows, over http or https, or to a mail address', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.webUrl(),
    fc.emailAddress(),
    fc.domain(),
    fc.constantFrom('https://', 'www.', '](', '[', ')', '(', '.', ' ', 'a.com', '@', ':'),
  )
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      for (const { text, href, host } of foundIn(pieces.join(''))) {
        if (href.startsWith('mailto:')) {
          expect(href).toBe(`mailto:${text}`)
          continue
        }
        expect(href).toMatch(/^https?:\/\//)
        const shown = host ?? /^(?:https?:[/\\]{2})?([^/\\?#]+)/i.exec(text.trim())?.[1] ?? ''
        expect(shown.replace(/:\d*$/, '').toLowerCase()).toBe(new URL(href).hostname)
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
  expect(parseInline(text).map(drawnInline).join('')).toBe(text)
})
