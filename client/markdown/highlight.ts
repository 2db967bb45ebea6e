import bash from 'highlight.js/lib/languages/bash'
import c from 'highlight.js/lib/languages/c'
import cpp from 'highlight.js/lib/languages/cpp'
import css from 'highlight.js/lib/languages/css'
import diff from 'highlight.js/lib/languages/diff'
import go from 'highlight.js/lib/languages/go'
import java from 'highlight.js/lib/languages/java'
import javascript from 'highlight.js/lib/languages/javascript'
import json from 'highlight.js/lib/languages/json'
import markdown from 'highlight.js/lib/languages/markdown'
import php from 'highlight.js/lib/languages/php'
import python from 'highlight.js/lib/languages/python'
import ruby from 'highlight.js/lib/languages/ruby'
import rust from 'highlight.js/lib/languages/rust'
import sql from 'highlight.js/lib/languages/sql'
import typescript from 'highlight.js/lib/languages/typescript'
import xml from 'highlight.js/lib/languages/xml'
import yaml from 'highlight.js/lib/languages/yaml'
import { createLowlight, type LanguageFn } from 'lowlight'
import type { CodeLanguage } from './code-languages.ts'
import type { CodeToken, CodeTokenKind } from './code-token.ts'

// A heavy file: only the worker imports it.

const GRAMMARS: Record<CodeLanguage, LanguageFn> = {
  bash,
  c,
  cpp,
  css,
  diff,
  go,
  java,
  javascript,
  json,
  markdown,
  php,
  python,
  ruby,
  rust,
  sql,
  typescript,
  xml,
  yaml,
}

/** https://highlightjs.readthedocs.io/en/stable/css-classes-reference.html. Other scopes take the kind around them. */
const KIND_OF_SCOPE: ReadonlyMap<string, CodeTokenKind | undefined> = new Map<
  string,
  CodeTokenKind | undefined
>([
  ['keyword', 'keyword'],
  ['literal', 'keyword'],
  ['name', 'keyword'],
  ['selector-tag', 'keyword'],
  ['string', 'string'],
  ['regexp', 'string'],
  ['char', 'string'],
  ['link', 'string'],
  ['code', 'string'],
  ['number', 'number'],
  ['symbol', 'number'],
  ['bullet', 'number'],
  ['comment', 'comment'],
  ['quote', 'comment'],
  ['title', 'name'],
  ['section', 'name'],
  ['class', 'name'],
  ['built_in', 'name'],
  ['type', 'name'],
  ['selector-id', 'name'],
  ['selector-class', 'name'],
  ['attr', 'property'],
  ['attribute', 'property'],
  ['variable', 'property'],
  ['template-variable', 'property'],
  ['property', 'property'],
  ['selector-attr', 'property'],
  ['selector-pseudo', 'property'],
  ['meta', 'meta'],
  ['addition', 'added'],
  ['deletion', 'removed'],
  // Code within a string.
  ['subst', undefined],
])

/** Code units that continue the character before: a low surrogate, an accent, a joiner or a variation. */
const CONTINUES = /^[\udc00-\udfff\p{M}\u200d]+/u

const lowlight = createLowlight(
  Object.fromEntries(Object.entries(GRAMMARS).map(([name, grammar]) => [name, withoutGuesses(grammar)])),
)

/** Compiles the grammar of a language, which takes as long whatever the text is. */
export function prepare(language: CodeLanguage): void {
  lowlight.highlight(language, '')
}

/** Splits code into tokens. Undefined where the grammar fails or would change the code. */
export function highlight(language: CodeLanguage, text: string): CodeToken[] | undefined {
  const tokens: CodeToken[] = []
  try {
    for (const node of lowlight.highlight(language, text, { prefix: '' }).children)
      add(tokens, node, undefined)
  } catch {
    // A grammar with a fault: the code is shown without colours.
    return undefined
  }
  const shown = tokens.map((token) => token.text).join('')
  // At an end that the grammar does not expect, the library adds a line break.
  const last = tokens.at(-1)
  if (last && shown === `${text}\n`) last.text = last.text.slice(0, -1)
  else if (shown !== text) return undefined
  return tokens
}

/**
 * For embedded code, such as a script in a page, some grammars try several languages. This makes them take the first:
 * each try reads all of it again, and a thousand nested ones would not end.
 */
function withoutGuesses(grammar: LanguageFn): LanguageFn {
  return (hljs) => {
    const language = grammar(hljs)
    const seen = new Set<unknown>()
    const settle = (part: unknown): void => {
      if (typeof part !== 'object' || part === null || part instanceof RegExp || seen.has(part)) return
      seen.add(part)
      if ('subLanguage' in part && Array.isArray(part.subLanguage)) part.subLanguage = part.subLanguage[0]
      for (const inner of Object.values(part)) settle(inner)
    }
    settle(language)
    return language
  }
}

type Node = ReturnType<typeof lowlight.highlight>['children'][number]

function add(tokens: CodeToken[], node: Node, around: CodeTokenKind | undefined): void {
  if (node.type === 'text') addText(tokens, node.value, around)
  if (node.type !== 'element') return
  const scope = scopeOf(node.properties.className)
  const kind = KIND_OF_SCOPE.has(scope) ? KIND_OF_SCOPE.get(scope) : around
  for (const child of node.children) add(tokens, child, kind)
}

function scopeOf(className: unknown): string {
  return Array.isArray(className) ? String(className[0]) : ''
}

/** Cuts nothing within a character that readers see as one: its halves would be drawn as two. */
function addText(tokens: CodeToken[], text: string, kind: CodeTokenKind | undefined): void {
  const last = tokens.at(-1)
  const [tail = ''] = (last && CONTINUES.exec(text)) ?? []
  if (last) last.text += tail
  const rest = text.slice(tail.length)
  if (rest === '') return
  if (last && last.kind === kind) last.text += rest
  else tokens.push({ text: rest, kind })
}
