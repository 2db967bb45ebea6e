import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CODE_LANGUAGES, type CodeLanguage, codeLanguageOf } from '../../../client/markdown/code-languages.ts'
import type { CodeTokenKind } from '../../../client/markdown/code-token.ts'
import { highlight } from '../../../client/markdown/highlight.ts'
import { highlightLanguageOf } from '../../../client/markdown/highlight-language.ts'

/** Samples of each language, each with a token and its kind. */
const SAMPLES: Record<CodeLanguage, [code: string, text: string, kind: CodeTokenKind][]> = {
  bash: [['for f in *.txt; do echo "$f"; done # all', 'for', 'keyword']],
  c: [['int main(void) { return 0; } /* done */', 'return', 'keyword']],
  cpp: [['std::string s = "a"; // text', '"a"', 'string']],
  css: [['.card { color: #fff; margin: 2px }', '.card', 'name']],
  diff: [['--- a\n+++ b\n@@ -1 +1 @@\n-old\n+new', '-old', 'removed']],
  go: [['func main() { fmt.Println("hi") }', 'func', 'keyword']],
  java: [['public class A { int n = 7; }', '7', 'number']],
  javascript: [['const a = /x+/g // found', '// found', 'comment']],
  json: [['{ "name": [1, true, null] }', '"name"', 'property']],
  markdown: [['# Title\n\n- `code`', '# Title', 'name']],
  php: [['<?php echo $name; ?>', '$name', 'property']],
  python: [['def f(x):\n    return "a"', 'def', 'keyword']],
  ruby: [['def hello\n  puts :name\nend', ':name', 'number']],
  rust: [['fn main() { let x = 1; }', 'fn', 'keyword']],
  sql: [['SELECT name FROM people WHERE age > 30 -- old', 'SELECT', 'keyword']],
  typescript: [
    ['interface A { b: string }', 'interface', 'keyword'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the sample
    ['const s = `a ${f(1)} b`', '1', 'number'],
  ],
  xml: [['<a href="x">text</a>', '"x"', 'string']],
  yaml: [['name: "hall" # here', 'name:', 'property']],
}

const SIGNS = [
  '[a](',
  '<style>',
  ...'{}[]()<>/*\'"`$#@!\\|&;:=+-~^%? \n\t\r',
  '"""',
  '<!--',
  '-->',
  '<script>',
  '<script>html`',
  '</script>',
  '<?php',
  '?>',
  '```',
  '// ',
  '#{',
  '\\u',
  '\0',
  '\u2028',
  '\ufeff',
  'e\u0301',
  '👩‍👩‍👧',
  '🇩🇪',
  '✌️',
  '__proto__',
]
const samplesOf = (language: CodeLanguage) => SAMPLES[language].map(([code]) => code)
const PIECES = [...CODE_LANGUAGES.flatMap(samplesOf), ...SIGNS]
const anyCode = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'grapheme', maxLength: 8 })), {
    maxLength: 40,
  })
  .map((parts) => parts.join(''))

describe.each(CODE_LANGUAGES)('%s', (language) => {
  it.each(SAMPLES[language])('[HL1] in %j, %j is a %s', (code, text, kind) => {
    const tokens = highlight(language, code) ?? []
    expect(tokens.filter((token) => token.kind === kind).map((token) => token.text)).toContain(text)
  })

  it('[HL2] the tokens of any text joined together are that text', () => {
    fc.assert(
      fc.property(anyCode, (code) => {
        const tokens = highlight(language, code)
        // A grammar may replace an unusual line break; then there are no colours.
        if (tokens || !/[\r\u2028\u2029]/.test(code))
          expect(tokens?.map(({ text }) => text).join('')).toBe(code)
      }),
      { numRuns: 150 },
    )
  })

  it('[HL3] no token ends within a character that readers see as one', () => {
    fc.assert(
      fc.property(anyCode, (code) => {
        for (const { text } of highlight(language, code)?.slice(1) ?? []) {
          expect(text).not.toMatch(/^[\udc00-\udfff\p{M}\u200d]/u)
        }
      }),
      { numRuns: 150 },
    )
  })

  // A grammar that is not linear would not end here.
  it('[HL4] the longest text that is highlighted, of one repeated sign or piece, ends in time', () => {
    for (const piece of [...samplesOf(language), ...SIGNS]) {
      const line = piece.repeat(Math.ceil(900 / piece.length))
      for (const code of [`${line}\n`.repeat(4), `${piece}\n`.repeat(900)]) {
        const tokens = highlight(language, code)
        expect(tokens?.map(({ text }) => text).join('') ?? code).toBe(code)
      }
    }
  })
})

it('[HL8] a character that a grammar would cut stays whole', () => {
  const tokens = highlight('javascript', '"\\👍" + "\\e\u0301"') ?? []
  expect(tokens.map(({ text }) => text).join('')).toBe('"\\👍" + "\\e\u0301"')
  for (const { text } of tokens) expect(text.isWellFormed()).toBe(true)
})

it.each([
  ['ts', 'typescript'],
  ['TSX', 'typescript'],
  ['js', 'javascript'],
  ['sh', 'bash'],
  ['py', 'python'],
  ['yml', 'yaml'],
  ['html', 'xml'],
  ['c++', 'cpp'],
  ['rs', 'rust'],
  ['rb', 'ruby'],
  ['md', 'markdown'],
  ['golang', 'go'],
] as const)('[HL5] the language name %s means %s', (name, language) => {
  expect(codeLanguageOf(name)).toBe(language)
})

it.each(['', 'text', 'brainfuck', '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'ts x'])(
  '[HL6] %j is no known language',
  (name) => {
    expect(codeLanguageOf(name)).toBeUndefined()
  },
)

it('[HL7] code that is too long, or has a line that is, is not highlighted', () => {
  expect(highlightLanguageOf('ts', 'let a = 1')).toBe('typescript')
  expect(highlightLanguageOf('text', 'let a = 1')).toBeUndefined()
  expect(highlightLanguageOf('ts', '')).toBeUndefined()
  expect(highlightLanguageOf('ts', 'f(1);\n'.repeat(3_333))).toBe('typescript')
  expect(highlightLanguageOf('ts', 'f(1);\n'.repeat(3_334))).toBeUndefined()
  expect(highlightLanguageOf('ts', `a\n${'x'.repeat(1_000)}`)).toBe('typescript')
  expect(highlightLanguageOf('ts', `a\n${'x'.repeat(1_001)}`)).toBeUndefined()
})
