import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Inline } from '../../../client/markdown/parse-inline.ts'
import { type Block, parseMarkdown } from '../../../client/markdown/parse-markdown.ts'

/** Nodes in a notation that can be read. */
const inlineAsText = (inline: Inline): string => {
  if (typeof inline === 'string') return inline
  if (inline.kind === 'code') return `<code ${inline.text}>`
  if (inline.kind === 'link') return `<link ${inline.text}>`
  return `<${inline.kind} ${inline.children.map(inlineAsText).join('')}>`
}
const line = (text: string): string => {
  const [block, ...more] = parseMarkdown(text)
  if (block?.kind !== 'paragraph' || more.length > 0) return expect.unreachable()
  return block.children.map(inlineAsText).join('')
}
const blockAsText = (block: Block): unknown => {
  switch (block.kind) {
    case 'paragraph':
      return block.children.map(inlineAsText).join('')
    case 'code':
      return { [`code ${block.language}`]: block.text }
    case 'quote':
      return { quote: block.children.map(blockAsText) }
    case 'list':
      return { [`list ${block.start ?? '-'}`]: block.items.map((item) => item.map(inlineAsText).join('')) }
    default:
      return block satisfies never
  }
}
const blocks = (text: string): unknown[] => parseMarkdown(text).map(blockAsText)

describe('inside a line', () => {
  it.each([
    ['plain words, and nothing else', 'plain words, and nothing else'],
    ['**bold** and __bold__', '<strong bold> and <strong bold>'],
    ['*leaning* and _leaning_', '<em leaning> and <em leaning>'],
    ['~~gone~~', '<del gone>'],
    ['***both***', '<strong <em both>>'],
    ['**bold *and leaning* too**', '<strong bold <em and leaning> too>'],
    ['_a **b** c_', '<em a <strong b> c>'],
    ['**two\nlines**', '<strong two\nlines>'],
    ['(**so**), *so*!', '(<strong so>), <em so>!'],
    ['inter*nation*al', 'inter<em nation>al'],
    ['**粗体**字', '<strong 粗体>字'],
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
    'C:\\new\\folder',
    'a\ufffcb',
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
    ['[words](https://example.org)', '[words](<link https://example.org>)'],
    ['[a](javascript:alert(1))', '[a](javascript:alert(1))'],
  ])('[MD5] an address is a link that shows where it leads: %j is %j', (text, expected) => {
    expect(line(text)).toBe(expected)
  })

  it.each([
    ['\\*plain\\*', '*plain*'],
    ['\\_a_ b_', '_a_ b_'],
    ['\\`a`', '`a`'],
    ['a \\\\ b', 'a \\ b'],
    ['\\a \\1', '\\a \\1'],
  ])('[MD6] a backslash makes the next sign plain text: %j is %j', (text, expected) => {
    expect(line(text)).toBe(expected)
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
    ['> - a\n> - b', [{ quote: [{ 'list -': ['a', 'b'] }] }]],
    ['>_< a face', ['>_< a face']],
    ['- a\n* **b**', [{ 'list -': ['a', '<strong b>'] }]],
    ['- a\n  goes on\n\nb', [{ 'list -': ['a\ngoes on'] }, 'b']],
    ['3. c\n4. d', [{ 'list 3': ['c', 'd'] }]],
    ['1) a\n- b', [{ 'list 1': ['a'] }, { 'list -': ['b'] }]],
    ['-1 degree', ['-1 degree']],
    ['- ', ['-']],
    ['1984. A year', ['1984. A year']],
    ['*a* b', ['<em a> b']],
  ])('[MD7] blocks: %j is %j', (text, expected) => {
    expect(blocks(text)).toEqual(expected)
  })
})

const textOfInline = (inline: Inline): string =>
  typeof inline === 'string'
    ? inline
    : 'children' in inline
      ? inline.children.map(textOfInline).join('')
      : inline.text
const textOf = (block: Block): string => {
  switch (block.kind) {
    case 'paragraph':
      return block.children.map(textOfInline).join('')
    case 'code':
      return block.language + block.text
    case 'quote':
      return block.children.map(textOf).join('')
    case 'list':
      return (
        (block.start === undefined ? '' : `${block.start}`) + block.items.flat().map(textOfInline).join('')
      )
    default:
      return block satisfies never
  }
}
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
        const shown = parseMarkdown(text).map(textOf).join('')
        // The later numbers of a list are counted, not kept.
        const isPlain = !/^(?:> )*\d{1,3}[.)] /m.test(text)
        if (isPlain) expect(letters(shown)).toBe(letters(text))
      }),
      { numRuns: 2_000 },
    )
  })

  it('[MD9] a text without marks is one text, unchanged', () => {
    const plain = fc.string({ unit: 'grapheme' }).filter((text) => !/[*_~`>\\\n-]|https?:|\d[.)]/i.test(text))
    fc.assert(
      fc.property(plain, (text) => {
        expect(parseMarkdown(text).map(textOf).join('')).toBe(text.trimEnd())
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
    expect(deep.map(textOf).join('')).toContain('c')
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
  ])('[MD11] %j a hundred thousand times is parsed in time', (part) => {
    expect(parseMarkdown(part.repeat(100_000)).length).toBeGreaterThanOrEqual(0)
  })

  it('[MD12] ever longer runs of backticks are parsed in time', () => {
    const runs = Array.from({ length: 1_500 }, (_, length) => '`'.repeat(length)).join(' ')
    expect(parseMarkdown(runs)).toHaveLength(1)
  })
})
