import { type Inline, parseInline } from './parse-inline.ts'

export type Block =
  | { kind: 'paragraph'; children: Inline[] }
  | { kind: 'code'; language: string; text: string }
  | { kind: 'quote'; children: Block[] }
  | { kind: 'list'; start: number | undefined; items: Inline[][] }

/** Quotes nested more deeply are plain text. */
const MAX_DEPTH = 3

const FENCE = /^(`{3,})([\w+#.-]{0,30})\s*$/
const QUOTE = /^>(?: |$)/
const ITEM = /^(?:[-*]|(\d{1,3})[.)]) +(\S.*)$/s

/**
 * Parses the marks that people type in chats: bold, italics, strikethrough, code, quotes and lists. Everything else is
 * text, line for line as it was typed. Linear in the text's length.
 */
export function parseMarkdown(text: string): Block[] {
  return parseLines(text.split('\n'), 0)
}

function parseLines(lines: readonly string[], depth: number): Block[] {
  const blocks: Block[] = []
  let paragraph: string[] = []
  const endParagraph = (): void => {
    const words = paragraph
      .join('\n')
      .replace(/^(?:[^\S\n]*\n)+/, '')
      .trimEnd()
    if (words !== '') blocks.push({ kind: 'paragraph', children: parseInline(words) })
    paragraph = []
  }
  for (let at = 0; at < lines.length; ) {
    const found =
      fenceAt(lines, at) ?? (depth < MAX_DEPTH ? quoteAt(lines, at, depth) : undefined) ?? listAt(lines, at)
    if (found === undefined) {
      paragraph.push(lines[at] ?? '')
      at += 1
      continue
    }
    endParagraph()
    blocks.push(found.block)
    at = found.end
  }
  endParagraph()
  return blocks
}

interface Found {
  block: Block
  /** The line after its last. */
  end: number
}

/** Code between fences. Without a closing fence it goes on to the end. */
function fenceAt(lines: readonly string[], at: number): Found | undefined {
  const [, fence = '', language = ''] = FENCE.exec(lines[at] ?? '') ?? []
  if (fence === '') return undefined
  let end = at + 1
  while (end < lines.length && !isEnd(lines[end] ?? '', fence)) end += 1
  const text = lines.slice(at + 1, end).join('\n')
  return { block: { kind: 'code', language, text }, end: Math.min(end + 1, lines.length) }
}

function isEnd(line: string, fence: string): boolean {
  return line.startsWith(fence) && /^`+\s*$/.test(line)
}

function quoteAt(lines: readonly string[], at: number, depth: number): Found | undefined {
  let end = at
  while (QUOTE.test(lines[end] ?? '')) end += 1
  if (end === at) return undefined
  const inside = lines.slice(at, end).map((line) => line.slice(2))
  return { block: { kind: 'quote', children: parseLines(inside, depth + 1) }, end }
}

/** Items without a line between them. An indented line belongs to the item above it. */
function listAt(lines: readonly string[], at: number): Found | undefined {
  const first = ITEM.exec(lines[at] ?? '')
  if (first === null) return undefined
  const isOrdered = first[1] !== undefined
  const items: string[][] = []
  let end = at
  for (; end < lines.length; end += 1) {
    const line = lines[end] ?? ''
    const item = ITEM.exec(line)
    if (item !== null && (item[1] !== undefined) === isOrdered) items.push([item[2] ?? ''])
    else if (/^ {2,}\S/.test(line)) items.at(-1)?.push(line.trim())
    else break
  }
  const start = isOrdered ? Number(first[1]) : undefined
  return { block: { kind: 'list', start, items: items.map((item) => parseInline(item.join('\n'))) }, end }
}
