import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CODE_LANGUAGES, type CodeLanguage, codeLanguageOf } from '../../../client/markdown/code-languages.ts'
import type { Ink } from '../../../client/markdown/code-token.ts'
import { highlight } from '../../../client/markdown/highlight.ts'
import { worthColours } from '../../../client/markdown/highlight-language.ts'

/** A little of each language, with what of it should stand out as what. */
const SAMPLES: Record<CodeLanguage, [code: string, text: string, ink: Ink][]> = {
  bash: [['for f in *.txt; do echo "$f"; done # all', 'for', 'word']],
  c: [['int main(void) { return 0; } /* done */', 'return', 'word']],
  cpp: [['std::string s = "a"; // text', '"a"', 'string']],
  css: [['.card { color: #fff; margin: 2px }', '.card', 'name']],
  diff: [['--- a\n+++ b\n@@ -1 +1 @@\n-old\n+new', '-old', 'gone']],
  go: [['func main() { fmt.Println("hi") }', 'func', 'word']],
  java: [['public class A { int n = 7; }', '7', 'number']],
  javascript: [['const a = /x+/g // found', '// found', 'remark']],
  json: [['{ "name": [1, true, null] }', '"name"', 'field']],
  markdown: [['# Title\n\n- `code`', '# Title', 'name']],
  php: [['<?php echo $name; ?>', '$name', 'field']],
  python: [['def f(x):\n    return "a"', 'def', 'word']],
  ruby: [['def hello\n  puts :name\nend', ':name', 'number']],
  rust: [['fn main() { let x = 1; }', 'fn', 'word']],
  sql: [['SELECT name FROM people WHERE age > 30 -- old', 'SELECT', 'word']],
  typescript: [
    ['interface A { b: string }', 'interface', 'word'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the sample
    ['const s = `a ${f(1)} b`', '1', 'number'],
  ],
  xml: [['<a href="x">text</a>', '"x"', 'string']],
  yaml: [['name: "hall" # here', 'name:', 'field']],
}

const PIECES = [
  ...Object.values(SAMPLES)
    .flat()
    .map(([code]) => code),
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
const anyCode = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'grapheme', maxLength: 8 })), {
    maxLength: 40,
  })
  .map((parts) => parts.join(''))

describe.each(CODE_LANGUAGES)('%s', (language) => {
  it.each(SAMPLES[language])('[HL1] of %j, %j is seen as a %s', (code, text, ink) => {
    const runs = highlight(language, code) ?? []
    expect(runs.filter((run) => run.ink === ink).map((run) => run.text)).toContain(text)
  })

  it('[HL2] whatever is written, the stretches are the text unchanged', () => {
    fc.assert(
      fc.property(anyCode, (code) => {
        const runs = highlight(language, code)
        // A grammar may make another line break of one that is not of the usual kind; then there are no colours.
        if (runs || !/[\r\u2028\u2029]/.test(code)) expect(runs?.map(({ text }) => text).join('')).toBe(code)
      }),
      { numRuns: 150 },
    )
  })

  it('[HL3] no stretch ends within a sign', () => {
    fc.assert(
      fc.property(anyCode, (code) => {
        for (const { text } of highlight(language, code)?.slice(1) ?? []) {
          expect(text).not.toMatch(/^[\udc00-\udfff\p{M}\u200d]/u)
        }
      }),
      { numRuns: 150 },
    )
  })

  // What is not linear would not come to its end here.
  it('[HL4] as much as is highlighted at all, of one sign or one piece, is read to its end', () => {
    for (const piece of PIECES) {
      const line = piece.repeat(Math.ceil(900 / piece.length))
      for (const code of [line, `${line}\n`.repeat(4), `${piece}\n`.repeat(900)]) {
        const runs = highlight(language, code)
        expect(runs?.map(({ text }) => text).join('') ?? code).toBe(code)
      }
    }
  })
})

it('[HL8] a sign that a grammar would cut stays whole', () => {
  const runs = highlight('javascript', '"\\👍" + "\\e\u0301"') ?? []
  expect(runs.map(({ text }) => text).join('')).toBe('"\\👍" + "\\e\u0301"')
  for (const { text } of runs) expect(text.isWellFormed()).toBe(true)
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
] as const)('[HL5] %s means %s', (name, language) => {
  expect(codeLanguageOf(name)).toBe(language)
})

it.each(['', 'text', 'brainfuck', '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'ts x'])(
  '[HL6] %j is no language that is known',
  (name) => {
    expect(codeLanguageOf(name)).toBeUndefined()
  },
)

it('[HL7] code without end, or with a line without end, stays as it is', () => {
  expect(worthColours('ts', 'let a = 1')).toBe('typescript')
  expect(worthColours('text', 'let a = 1')).toBeUndefined()
  expect(worthColours('ts', '')).toBeUndefined()
  expect(worthColours('ts', 'f(1);\n'.repeat(3_333))).toBe('typescript')
  expect(worthColours('ts', 'f(1);\n'.repeat(3_334))).toBeUndefined()
  expect(worthColours('ts', `a\n${'x'.repeat(1_000)}`)).toBe('typescript')
  expect(worthColours('ts', `a\n${'x'.repeat(1_001)}`)).toBeUndefined()
})
