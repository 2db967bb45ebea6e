import type { MentionableNames } from '../../../client/markdown/mentions.ts'
import { type Inline, parseInline } from '../../../client/markdown/parse-inline.ts'
import type { Block } from '../../../client/markdown/parse-markdown.ts'

/** Parsed text in a notation that can be read. */
export function inlineAsText(inline: Inline): string {
  if (typeof inline === 'string') return inline
  if ('children' in inline) return `<${inline.kind} ${inline.children.map(inlineAsText).join('')}>`
  const host = inline.kind === 'link' && inline.host ? ` (${inline.host})` : ''
  return `<${inline.kind} ${inline.text}${host}>`
}

export function blockAsText(block: Block): unknown {
  switch (block.kind) {
    case 'paragraph':
      return block.children.map(inlineAsText).join('')
    case 'code':
      return { [`code ${block.language}`]: block.text }
    case 'quote':
      return { quote: block.children.map(blockAsText) }
    case 'list':
      return {
        list: block.items.map(({ number = '-', children }) => {
          const [first, ...more] = children.map(blockAsText)
          return more.length > 0 ? [`${number} ${first}`, ...more] : `${number} ${first}`
        }),
      }
    default:
      return block satisfies never
  }
}

/** What is drawn of a parsed text, without its notation. */
export function drawnInline(inline: Inline): string {
  if (typeof inline === 'string') return inline
  return 'children' in inline ? inline.children.map(drawnInline).join('') : inline.text
}

export function drawn(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return block.children.map(drawnInline).join('')
    case 'code':
      return block.language + block.text
    case 'quote':
      return block.children.map(drawn).join('')
    case 'list':
      return block.items
        .map(({ number = '', children }) => `${number}${children.map(drawn).join('')}`)
        .join('')
    default:
      return block satisfies never
  }
}

/** The atoms of one kind in a line, each as its text. */
export function atomsIn(
  kind: 'link' | 'mention' | 'code',
  text: string,
  callable?: MentionableNames,
): string[] {
  const found = (inline: Inline): string[] => {
    if (typeof inline === 'string') return []
    if ('children' in inline) return inline.children.flatMap(found)
    return inline.kind === kind ? [inline.text] : []
  }
  return parseInline(text, callable).flatMap(found)
}
