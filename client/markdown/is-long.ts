import type { Block } from './parse-markdown.ts'
import { WHOLE_LINES } from './use-folding.ts'

/** So many lines of a message are shown whole: as much as fills a window or a little more. */
const WHOLE_MESSAGE = 40

/** Whether a message is folded. Long code in it folds by itself, and counts for no more than is shown of it then. */
export function isLong(body: string, blocks: readonly Block[]): boolean {
  return body.split('\n').length - foldedIn(blocks) > WHOLE_MESSAGE
}

function foldedIn(blocks: readonly Block[]): number {
  return blocks.reduce((lines, block) => {
    if (block.kind === 'quote') return lines + foldedIn(block.children)
    return block.kind === 'code' ? lines + Math.max(0, block.text.split('\n').length - WHOLE_LINES) : lines
  }, 0)
}
