import type { Mention, MentionableNames } from './mentions.ts'
import type { Inline } from './parse-inline.ts'
import { type Block, parseMarkdown } from './parse-markdown.ts'

const MAX_LENGTH = 120

/** The names in a text, with an `@` or without. */
export function namesInText(body: string, callable: MentionableNames): Mention[] {
  const found: Mention[] = []
  // Most texts need no parsing.
  if (!/[@*_~]/.test(body)) return found
  read(parseMarkdown(body, callable), (inline) => {
    if (typeof inline !== 'string' && inline.kind === 'mention') found.push(inline)
  })
  return found
}

/** The beginning of a message on one line as it is read, without what it quotes. */
export function snippetOf(body: string, callable?: MentionableNames): string {
  const blocks = parseMarkdown(body, callable)
  const own = blocks.filter(({ kind }) => kind !== 'quote')
  let words = ''
  read(own.length === 0 ? blocks : own, (inline) => {
    words += typeof inline === 'string' ? inline : 'text' in inline ? inline.text : ''
  })
  const line = words.replace(/\s+/gu, ' ').trim()
  return line.length <= MAX_LENGTH ? line : `${line.slice(0, cutOf(line))}…`
}

/** Where the last whole character that has room ends. */
function cutOf(line: string): number {
  if (!('Segmenter' in Intl)) return line.lastIndexOf(' ', MAX_LENGTH)
  return new Intl.Segmenter().segment(line).containing(MAX_LENGTH)?.index ?? MAX_LENGTH
}

/** Calls `take` with every piece of text, in order. */
function read(blocks: readonly Block[], take: (inline: Inline) => void): void {
  const within = (inline: Inline): void => {
    take(inline)
    if (typeof inline !== 'string' && 'children' in inline) inline.children.forEach(within)
  }
  for (const block of blocks) {
    if (block.kind === 'paragraph') block.children.forEach(within)
    else if (block.kind === 'code') take(block.text)
    else if (block.kind === 'quote') read(block.children, take)
    else
      for (const { number = '•', children } of block.items) {
        take(`${number} `)
        read(children, take)
      }
    take('\n')
  }
}
