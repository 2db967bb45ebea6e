import type { MentionableNames } from './mentions.ts'
import { type Inline, parseInline } from './parse-inline.ts'

export type Block =
  | { kind: 'paragraph'; children: Inline[] }
  | { kind: 'code'; language: string; text: string }
  | { kind: 'quote'; children: Block[] }
  | { kind: 'list'; items: ListItem[] }

/** An item with its number as it was typed, such as `3)`; without one it has a bullet. */
export interface ListItem {
  number: string | undefined
  children: Block[]
}

/** Quotes and lists nested more deeply are plain text. */
const MAX_DEPTH = 3

/** A run of backticks that is the only one in its line. */
const FENCE = /^([^`]*)(`{3,})([^`]*)$/
const LANGUAGE = /^[\w+#.-]{0,30}\s*$/
const QUOTE = /^>(?: |$)/
const ITEM = /^(?:[-*]|(\d{1,3}[.)])) +(\S.*)$/s
const INDENTED = /^(?: {2}|\t)\s*\S/

/**
 * Parses the marks that people type in chats: bold, italics, strikethrough, code, quotes, lists, addresses, and mentions
 * of the names given. Everything else is text, line for line as it was typed. Linear in the text's length.
 */
export function parseMarkdown(text: string, callable?: MentionableNames): Block[] {
  return parseLines(text.split('\n'), callable, 0, false)
}

/** A text without blank lines before it and blanks behind it. Its first line keeps its indentation. */
export function withoutBlankEdges(text: string): string {
  return text.replace(/^(?:[^\S\n]*\n)+/, '').trimEnd()
}

/** The first line of an item begins no quote and no list. */
function parseLines(
  lines: string[],
  callable: MentionableNames | undefined,
  depth: number,
  isItem: boolean,
): Block[] {
  const blocks: Block[] = []
  let paragraph: string[] = []
  const endParagraph = (): void => {
    const words = withoutBlankEdges(paragraph.join('\n'))
    if (words !== '') blocks.push({ kind: 'paragraph', children: parseInline(words, callable) })
    paragraph = []
  }
  const fences = createFences(lines)
  for (let at = 0; at < lines.length; ) {
    const mayNest = depth < MAX_DEPTH && !(isItem && at === 0)
    const found =
      fences.at(at) ??
      (mayNest ? (quoteAt(lines, at, callable, depth) ?? listAt(lines, at, callable, depth)) : undefined)
    if (found === undefined) {
      paragraph.push(lines[at] ?? '')
      at += 1
      continue
    }
    if (found.before !== undefined) paragraph.push(found.before)
    endParagraph()
    blocks.push(found.block)
    at = found.end
  }
  endParagraph()
  return blocks
}

interface Found {
  /** Words in front of it, in its first line. */
  before?: string
  block: Block
  /** The line after its last. */
  end: number
}

/** Finds code between fences. A fence closes at the end of a line or of a word; what follows it is a line of its own. */
function createFences(lines: string[]) {
  /** So many backticks or more are not closed any more. */
  let unclosed = Number.POSITIVE_INFINITY

  function close(from: number, { length }: string): { line: number; from: number; to: number } | undefined {
    for (let line = from; line < lines.length && length < unclosed; line += 1) {
      const text = lines[line] ?? ''
      for (const { 0: run, index } of text.matchAll(/`{3,}/g)) {
        const to = index + run.length
        if (run.length >= length && /^\s?$/.test(text.charAt(to))) return { line, from: index, to }
      }
    }
    unclosed = Math.min(unclosed, length)
    return undefined
  }

  return {
    at(at: number): Found | undefined {
      const line = lines[at] ?? ''
      const [, before = '', fence = '', rest = ''] = FENCE.exec(line) ?? []
      const isLanguage = LANGUAGE.test(rest)
      const isAlone = before.trim() === ''
      if (fence === '' || (!isAlone && (!isLanguage || QUOTE.test(line) || ITEM.test(line)))) return undefined
      const end = close(at + 1, fence)
      // Without a closing fence, code goes on to the end.
      if (end === undefined && !(isAlone && isLanguage)) return undefined
      const code = lines.slice(at + 1, end?.line)
      const last = lines[end?.line ?? -1]?.slice(0, end?.from) ?? ''
      if (last.trim() !== '') code.push(last)
      const isCode = !isLanguage || (code.length === 0 && end !== undefined)
      if (isCode && rest.trim() !== '') code.unshift(rest)
      const after = lines[end?.line ?? -1]?.slice(end?.to).trimStart() ?? ''
      if (end !== undefined && after !== '') lines[end.line] = after
      return {
        ...(isAlone ? {} : { before }),
        block: { kind: 'code', language: isCode ? '' : rest.trim(), text: code.join('\n') },
        end: end === undefined ? lines.length : end.line + (after === '' ? 1 : 0),
      }
    },
  }
}

function quoteAt(
  lines: readonly string[],
  at: number,
  callable: MentionableNames | undefined,
  depth: number,
): Found | undefined {
  let end = at
  while (QUOTE.test(lines[end] ?? '')) end += 1
  if (end === at) return undefined
  const inside = lines.slice(at, end).map((line) => line.slice(2))
  return { block: { kind: 'quote', children: parseLines(inside, callable, depth + 1, false) }, end }
}

/** Items without a line between them. Indented lines belong to the item above, and may be a list themselves. */
function listAt(
  lines: readonly string[],
  at: number,
  callable: MentionableNames | undefined,
  depth: number,
): Found | undefined {
  const isOrdered = ITEM.exec(lines[at] ?? '')?.[1] !== undefined
  const items: { number: string | undefined; lines: string[]; indent: number }[] = []
  let end = at
  for (; end < lines.length; end += 1) {
    const line = lines[end] ?? ''
    const item = ITEM.exec(line)
    const above = items.at(-1)
    if (item !== null && (item[1] !== undefined) === isOrdered)
      items.push({ number: item[1], lines: [item[2] ?? ''], indent: 0 })
    else if (above && INDENTED.test(line)) {
      const indent = line.length - line.trimStart().length
      above.indent ||= indent
      above.lines.push(line.slice(Math.min(indent, above.indent)))
    } else break
  }
  if (end === at) return undefined
  const children = items.map(({ number, lines }) => ({
    number,
    children: parseLines(lines, callable, depth + 1, true),
  }))
  return { block: { kind: 'list', items: children }, end }
}
