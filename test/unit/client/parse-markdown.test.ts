import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isEmojiAlone } from '../../../client/markdown/is-emoji-alone.ts'
import { mentionableNames } from '../../../client/markdown/mentions.ts'
import type { Inline } from '../../../client/markdown/parse-inline.ts'
import { parseMarkdown, withoutBlankEdges } from '../../../client/markdown/parse-markdown.ts'
import { blockAsText, drawn, inlineAsText } from './notation.ts'

const line = (text: string): string => {
  const [block, ...more] = parseMarkdown(text)
  if (block?.kind !== 'paragraph' || more.length > 0) return expect.unreachable()
  return block.children.map(inlineAsText).join('')
}
const blocks = (text: string): unknown[] => parseMarkdown(text).map(blockAsText)

describe('inside a line', () => {
  it.each([
    ['plain words, and nothing else', 'plain words, and nothing else'],
    ['**bold** and __bold too__', '<strong bold> and <strong bold too>'],
    ['*leaning* and _leaning_', '<em leaning> and <em leaning>'],
    ['~~gone~~', '<del gone>'],
    ['***both***', '<strong <em both>>'],
    ['**bold *and leaning* too**', '<strong bold <em and leaning> too>'],
    ['_a **b** c_', '<em a <strong b> c>'],
    ['**two\nlines**', '<strong two\nlines>'],
    ['(**so**), *so*!', '(<strong so>), <em so>!'],
    ['**Fett**schrift', '<strong Fett>schrift'],
    ['**粗体**字', '<strong 粗体>字'],
    ['这是**重点**内容', '这是<strong 重点>内容'],
    ['**3**件の投稿', '<strong 3>件の投稿'],
    ['이것은**강조**입니다', '이것은<strong 강조>입니다'],
    ['**「引用」**です', '<strong 「引用」>です'],
    ['هذا**مهم**جدا', 'هذا<strong مهم>جدا'],
    ['ดูที่**เน้น**นะ', 'ดูที่<strong เน้น>นะ'],
    ['~~旧~~新', '<del 旧>新'],
    ['**👍** *so* _(well)_', '<strong 👍> <em so> <em (well)>'],
    ['Note:**so** -**20 %**', 'Note:<strong so> -<strong 20 %>'],
    ['*a*, *b*; *c*! *d*? (*e*) *f*-*g*', '<em a>, <em b>; <em c>! <em d>? (<em e>) <em f>-*g*'],
  ])('[MD1] inline marks: %j is %j', (text, expected) => {
    expect(line(text)).toBe(expected)
  })

  it.each([
    'snake_case_name',
    '2*3*4',
    '5 * 3 * 2',
    '**never closed',
    'never opened**',
    '* a*',
    'a ~ b ~ c',
    '~~ no ~~',
    '****',
    '~~~~',
    '_ _',
    '** **',
    '¯\\(ツ)/¯',
    'a\ufffcb',
    // Names in code.
    '__init__ and __init__.py',
    'def __init__(self):',
    'if __name__ == "__main__":',
    'pkg/__init__.py',
    'inter*nation*al',
    // Patterns, paths and formulas.
    '**/*.ts and src/**/*.ts',
    'foo/*/bar/*/baz',
    '*.js,*.ts',
    '/*comment*/',
    '^.*foo.*$',
    'f(*args, **kwargs)',
    'f(a,**b,**c)',
    'char *p, **q;',
    'x**y + z**w',
    'a*b*c',
    'a[i]*b[j]*c',
    '(a)*(b)*(c)',
    '*/5 * * * *',
    'SELECT * FROM a WHERE b = * AND c',
    '_.map(x, _.y)',
    // Faces.
    '_._ and _._',
    '>_< and >_<',
    '-_- so -_-',
    '(*_*) (*_*)',
    '^_^ ^_^',
    ';_; ;_;',
    'a :* b :*',
    // Emoji that are keys of a telephone.
    '*️⃣*️⃣',
    '*️⃣1️⃣*️⃣ and **️⃣abc',
    '*⃣x*⃣',
    // Lines and hidden words.
    '**** a ****',
    '____ a ____',
  ])('[MD2] %j has no marks', (text) => {
    expect(line(`x ${text}`)).toBe(`x ${text}`)
  })

  it.each([
    ['**a*', '**a*'],
    ['*a**', '<em a>*'],
    ['*a _b* c_', '<em a _b> c_'],
    ['**a _b** c_', '<strong a _b> c_'],
    ['~~a **b~~ c**', '<del a **b> c**'],
  ])('[MD3] crossing marks: %j is %j', (text, expected) => {
    expect(line(text)).toBe(expected)
  })

  it.each([
    ['`code`', '<code code>'],
    ['`**not bold**`', '<code **not bold**>'],
    ['``a ` b``', '<code a ` b>'],
    ['`` ` ``', '<code `>'],
    ['` `', '<code  >'],
    ['`a`b`', '<code a>b`'],
    ['`never closed', '`never closed'],
    ['``a`', '``a`'],
    ['`a\\`', '<code a\\>'],
    ['**`a`**', '<strong <code a>>'],
    ['`https://example.org`', '<code https://example.org>'],
    ['```one line```', '<code one line>'],
  ])('[MD4] code: %j is %j', (text, expected) => {
    expect(line(text)).toBe(expected)
  })

  it.each([
    ['https://example.org/a_b_c', '<link https://example.org/a_b_c>'],
    ['**https://example.org**', '<strong <link https://example.org>>'],
    ['_see https://example.org/x_y ok_', '<em see <link https://example.org/x_y> ok>'],
    ['[a](javascript:alert(1))', '[a](javascript:alert(1))'],
  ])('[MD5] an address is a link that shows where it leads: %j is %j', (text, expected) => {
    expect(line(text)).toBe(expected)
  })

  it.each([
    '¯\\_(ツ)_/¯',
    'well ¯\\_(ツ)_/¯ who knows ¯\\_(ツ)_/¯',
    '\\o/ yay \\o/',
    '\\\\server\\share\\_Documentation',
    'C:\\Users\\ann\\_private\\*.txt',
    'd:\\new\\_folder\\_b',
    '\\d+\\*\\_ and \\\\*',
    '\\*plain\\*',
    '\\`a`',
    'a \\\\ b\\',
  ])('[MD6] a backslash is text, and so is a mark behind it: %j', (text) => {
    expect(line(text)).toBe(text)
  })
})

describe('lines', () => {
  it.each([
    ['a\nb', ['a\nb']],
    ['a\n\n\nb', ['a\n\n\nb']],
    ['\n \n  a  \n', ['  a']],
    ['', []],
    [' \n', []],
    ['```\na\n  b\n```', [{ 'code ': 'a\n  b' }]],
    ['```ts\nlet **a**\n```\nafter', [{ 'code ts': 'let **a**' }, 'after']],
    ['````\n```\n````', [{ 'code ': '```' }]],
    ['before\n```\nto the end\n> all of it', ['before', { 'code ': 'to the end\n> all of it' }]],
    ['```', [{ 'code ': '' }]],
    ['> a\n> *b*\nc', [{ quote: ['a\n<em b>'] }, 'c']],
    ['> a\n>\n> b', [{ quote: ['a\n\nb'] }]],
    ['> > deep', [{ quote: [{ quote: ['deep'] }] }]],
    ['> > > > too deep', [{ quote: [{ quote: [{ quote: ['> too deep'] }] }] }]],
    ['> - a\n> - b', [{ quote: [{ list: ['- a', '- b'] }] }]],
    ['>_< a face', ['>_< a face']],
    ['- a\n* **b**', [{ list: ['- a', '- <strong b>'] }]],
    ['- a\n  goes on\n\nb', [{ list: ['- a\ngoes on'] }, 'b']],
    ['1) a\n- b', [{ list: ['1) a'] }, { list: ['- b'] }]],
    ['- - a', [{ list: ['- - a'] }]],
    ['-1 degree', ['-1 degree']],
    ['- ', ['-']],
    ['1984. A year', ['1984. A year']],
    ['*a* b', ['<em a> b']],
  ])('[MD7] blocks: %j is %j', (text, expected) => {
    expect(blocks(text)).toEqual(expected)
  })

  it.each([
    ['3. c\n4. d', ['3. c', '4. d']],
    ['1. ok\n2. no problem\n4. there is one', ['1. ok', '2. no problem', '4. there is one']],
    ['3. bronze\n2. silver\n1. gold', ['3. bronze', '2. silver', '1. gold']],
    ['3) yes\n7) no\n07. agent', ['3) yes', '7) no', '07. agent']],
    ['1. a\n1. b', ['1. a', '1. b']],
  ])('[MD13] the numbers of a list stay as they were typed: %j', (text, list) => {
    expect(blocks(text)).toEqual([{ list }])
  })

  it.each([
    ['- a\n  - b\n    - c\n  - d\n- e', [['- a', { list: [['- b', { list: ['- c'] }], '- d'] }], '- e']],
    ['1. a\n   - b\n   goes on\n2. c', [['1. a', { list: ['- b'] }, 'goes on'], '2. c']],
    ['- a\n\t1) b\n\t2) c', [['- a', { list: ['1) b', '2) c'] }]]],
    ['- a\n  ```\n    b\n  ```\n- c', [['- a', { 'code ': '  b' }], '- c']],
    ['- a\n  > b', [['- a', { quote: ['b'] }]]],
  ])('[MD14] what is indented below an item belongs to it, and may be a list: %j', (text, list) => {
    expect(blocks(text)).toEqual([{ list }])
  })

  it.each([
    ['```\nls -la\ncd ..```\nwhat?', [{ 'code ': 'ls -la\ncd ..' }, 'what?']],
    ['```js\nlet a = 1```', [{ 'code js': 'let a = 1' }]],
    ['look: \n```\none\ntwo``` < see', ['look:', { 'code ': 'one\ntwo' }, '< see']],
    ['```ls -la\ncd ..\n```', [{ 'code ': 'ls -la\ncd ..' }]],
    ['```let a = 1\nlet b = 2```', [{ 'code ': 'let a = 1\nlet b = 2' }]],
    ['```ls\n```', [{ 'code ': 'ls' }]],
    ['see ```\nls\n``` there', ['see', { 'code ': 'ls' }, 'there']],
    ['```\necho "```"\n```', [{ 'code ': 'echo "```"' }]],
    ['``` not closed', ['``` not closed']],
    ['say ```\nnot closed', ['say ```\nnot closed']],
    ['> ```\n> code\n> ```\nafter', [{ quote: [{ 'code ': 'code' }] }, 'after']],
    ['  ```\n  a\n  ```', [{ 'code ': '  a' }]],
  ])('[MD15] fences as they are typed: %j', (text, expected) => {
    expect(blocks(text)).toEqual(expected)
  })

  it('[MD16] the first line keeps its indentation', () => {
    expect(withoutBlankEdges('\n \n   /\\_/\\\n  ( o.o )\n ')).toBe('   /\\_/\\\n  ( o.o )')
    expect(blocks('   /\\_/\\\n  ( o.o )')).toEqual(['   /\\_/\\\n  ( o.o )'])
  })
})

it.each(['🎉', '❤️', '👩‍⚕️ 🏳️‍🌈', '🇩🇪', '1️⃣*️⃣', '☝🏽', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '👍👍👍'])(
  '[MD17] %s is nothing but emoji',
  (text) => {
    expect(isEmojiAlone(parseMarkdown(text))).toBe(true)
  },
)

it.each(['12', '#', '*', 'ok 🎉', '🎉\n> 🎉', '`🎉`', '', '🎉'.repeat(40)])(
  '[MD18] %j is more than a few emoji',
  (text) => {
    expect(isEmojiAlone(parseMarkdown(text))).toBe(false)
  },
)

const depthOf = (inline: Inline): number =>
  typeof inline !== 'string' && 'children' in inline ? 1 + Math.max(0, ...inline.children.map(depthOf)) : 0

describe('whatever is typed', () => {
  const pieces = [
    ...'*_~`>-\\ \n\ufffc',
    '**',
    '```',
    '1. ',
    '- ',
    '> ',
    'https://a.example/_b_',
    'a',
    'é',
    '7',
  ]
  const typed = fc
    .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'grapheme', maxLength: 3 })), {
      maxLength: 60,
    })
    .map((parts) => parts.join(''))

  it('[MD8] parsing loses no letter, adds none, and keeps their order', () => {
    const letters = (text: string): string => text.replaceAll(/[^\p{L}\p{N}:/.]/gu, '').replaceAll('.', '')
    fc.assert(
      fc.property(typed, (text) => {
        const shown = parseMarkdown(text).map(drawn).join('')
        expect(letters(shown)).toBe(letters(text))
      }),
      { numRuns: 2_000 },
    )
  })

  it('[MD9] a text without marks is one text, unchanged', () => {
    const plain = fc.string({ unit: 'grapheme' }).filter((text) => !/[*_~`>\n-]|https?:|\d[.)]/i.test(text))
    fc.assert(
      fc.property(plain, (text) => {
        expect(parseMarkdown(text).map(drawn).join('')).toBe(text.trimEnd())
      }),
    )
  })

  it('[MD10] nesting has a limit', () => {
    fc.assert(
      fc.property(typed, (text) => {
        for (const block of parseMarkdown(text))
          if (block.kind === 'paragraph') expect(Math.max(0, ...block.children.map(depthOf))).toBeLessThan(13)
      }),
    )
    const deep = parseMarkdown('*a _b '.repeat(1_000) + ' c_ d*'.repeat(1_000))
    expect(deep.map(drawn).join('')).toContain('c')
  })

  // What is not linear would not come to its end here.
  it.each([
    '*',
    '_',
    '~',
    '`',
    '\\',
    '>',
    '\n',
    '*a ',
    '_a ',
    'a* ',
    '*a*',
    '**a*',
    '~~a',
    '`a',
    '``a`',
    '> ',
    '- ',
    '- a\n',
    '> a\n',
    '```\n',
    '*_~~a',
    'https://a ',
    '*https://a*',
    '\ufffc',
    '\\*',
    '[',
    '[a](',
    '[a](https://a.de) ',
    'a.de/',
    'a@',
    'a@b.de',
    'a.',
    '@',
    '@a_',
    '_@a_ ',
    'a ```\n',
    'a ```b\n',
    '```b c\n',
    '  - a\n',
    '- a\n  - b\n    - c\n',
    '_._',
    '*️⃣',
    "https://a'b",
    'https://a.comあ',
    'https://a@',
    'https://[',
    '[a](https://a(',
    '[a](https://a.de)',
    '[a](https://[)',
    '[a.b](https://a.de)',
    'a.com:999999',
    '9a.com:999999',
    'a@b.',
    '@a/',
    ':a:',
  ])('[MD11] %j a hundred thousand times is parsed in time', (part) => {
    const callable = mentionableNames(['a', 'a_', '@a', '_@a_'])
    expect(parseMarkdown(part.repeat(100_000), callable).length).toBeGreaterThanOrEqual(0)
  })

  it('[MD12] ever longer runs of backticks are parsed in time', () => {
    const runs = Array.from({ length: 1_500 }, (_, length) => '`'.repeat(length)).join(' ')
    expect(parseMarkdown(runs)).toHaveLength(1)
  })
})
