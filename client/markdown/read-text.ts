import { signsOf } from '../lib/signs.ts'
import type { Mention, MentionableNames } from './mentions.ts'
import type { Atom, Inline } from './parse-inline.ts'
import { type Block, parseMarkdown } from './parse-markdown.ts'

/** A piece of a text within which nothing is marked. */
export type Piece = string | Atom

const MAX_LENGTH = 120

/** The pieces of a text in order, without its marks. */
export function piecesOf(blocks: readonly Block[]): Piece[] {
  return blocks.flatMap((block): Piece[] => [...piecesIn(block), '\n'])
}

function piecesIn(block: Block): Piece[] {
  switch (block.kind) {
    case 'paragraph':
      return block.children.flatMap(flat)
    case 'code':
      return [{ kind: 'code', text: block.text }]
    case 'quote':
      return piecesOf(block.children)
    case 'list':
      return block.items.flatMap(({ number = '•', children }) => [`${number} `, ...piecesOf(children)])
    default:
      return block satisfies never
  }
}

function flat(inline: Inline): Piece[] {
  return typeof inline !== 'string' && 'children' in inline ? inline.children.flatMap(flat) : [inline]
}

export function textOfPiece(piece: Piece): string {
  return typeof piece === 'string' ? piece : piece.text
}

/** The names in a text, with an `@` or without. */
export function namesInText(body: string, callable: MentionableNames): Mention[] {
  // Most texts need no parsing.
  if (!/[@*_~]/.test(body)) return []
  return piecesOf(parseMarkdown(body, callable)).filter(
    (piece) => typeof piece !== 'string' && piece.kind === 'mention',
  )
}

/** The beginning of a message on one line as it is read, without what it quotes. */
export function snippetOf(body: string, callable?: MentionableNames): string {
  const blocks = parseMarkdown(body, callable)
  const own = blocks.filter(({ kind }) => kind !== 'quote')
  const words = piecesOf(own.length === 0 ? blocks : own).map(textOfPiece)
  const line = words.join('').replace(/\s+/gu, ' ').trim()
  return line.length <= MAX_LENGTH ? line : `${line.slice(0, cutOf(line))}…`
}

/** Where the last whole sign that has room ends. */
function cutOf(line: string): number {
  let end = 0
  for (const sign of signsOf(line.slice(0, 2 * MAX_LENGTH))) {
    if (end + sign.length > MAX_LENGTH) break
    end += sign.length
  }
  return end
}
