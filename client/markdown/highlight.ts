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
import type { Ink, Run } from './code-token.ts'

// A heavy file: it is loaded when the first code comes into view, by `useHighlighting` alone.

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

/** https://highlightjs.readthedocs.io/en/stable/css-classes-reference.html; what is none of these is as around it. */
const INKS: ReadonlyMap<string, Ink | undefined> = new Map<string, Ink | undefined>([
  ['keyword', 'word'],
  ['literal', 'word'],
  ['name', 'word'],
  ['selector-tag', 'word'],
  ['string', 'string'],
  ['regexp', 'string'],
  ['char', 'string'],
  ['link', 'string'],
  ['code', 'string'],
  ['number', 'number'],
  ['symbol', 'number'],
  ['bullet', 'number'],
  ['comment', 'remark'],
  ['quote', 'remark'],
  ['title', 'name'],
  ['section', 'name'],
  ['class', 'name'],
  ['built_in', 'name'],
  ['type', 'name'],
  ['selector-id', 'name'],
  ['selector-class', 'name'],
  ['attr', 'field'],
  ['attribute', 'field'],
  ['variable', 'field'],
  ['template-variable', 'field'],
  ['property', 'field'],
  ['selector-attr', 'field'],
  ['selector-pseudo', 'field'],
  ['meta', 'meta'],
  ['addition', 'new'],
  ['deletion', 'gone'],
  // Code within a string.
  ['subst', undefined],
])

/** What belongs to the sign before it: the second half of a character, an accent, what joins or varies. */
const BELONGS_BEFORE = /^[\udc00-\udfff\p{M}\u200d]+/u

const lowlight = createLowlight(
  Object.fromEntries(Object.entries(GRAMMARS).map(([name, grammar]) => [name, withoutGuesses(grammar)])),
)

/** The code in stretches of what they are, or nothing where it cannot be told without changing it. */
export function highlight(language: CodeLanguage, text: string): Run[] | undefined {
  const runs: Run[] = []
  try {
    for (const node of lowlight.highlight(language, text, { prefix: '' }).children) add(runs, node, undefined)
  } catch {
    // A broken grammar: it is code all the same.
    return undefined
  }
  const shown = runs.map((run) => run.text).join('')
  // At an end that no grammar foresees a line break is added.
  const last = runs.at(-1)
  if (last && shown === `${text}\n`) last.text = last.text.slice(0, -1)
  else if (shown !== text) return undefined
  return runs
}

/**
 * Where a grammar guesses among several languages for what is within, such as a script within a page, it is the
 * first of them: each guess reads all of it again, and a thousand of them within each other never end.
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

function add(runs: Run[], node: Node, around: Ink | undefined): void {
  if (node.type === 'text') addText(runs, node.value, around)
  if (node.type !== 'element') return
  const scope = scopeOf(node.properties.className)
  const ink = INKS.has(scope) ? INKS.get(scope) : around
  for (const child of node.children) add(runs, child, ink)
}

function scopeOf(className: unknown): string {
  return Array.isArray(className) ? String(className[0]) : ''
}

/** Nothing is cut within what a reader sees as one sign: its halves would be drawn as two. */
function addText(runs: Run[], text: string, ink: Ink | undefined): void {
  const last = runs.at(-1)
  const [owed = ''] = (last && BELONGS_BEFORE.exec(text)) ?? []
  if (last) last.text += owed
  const rest = text.slice(owed.length)
  if (rest === '') return
  if (last && last.ink === ink) last.text += rest
  else runs.push({ text: rest, ink })
}
