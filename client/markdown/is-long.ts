import type { Block } from './parse-markdown.ts'
import { UNFOLDED_CODE_LINES } from './use-folding.ts'

/** A message with more lines is folded: these fill a window or a little more. */
const UNFOLDED_MESSAGE_LINES = 40

/** Whether a message is folded. Long code in it folds by itself, and counts with the lines that then show. */
export function isLong(body: string, blocks: readonly Block[]): boolean {
  return body.split('\n').length - foldedLines(blocks) > UNFOLDED_MESSAGE_LINES
}

function foldedLines(blocks: readonly Block[]): number {
  return blocks.reduce((lines, block) => {
    if (block.kind === 'quote') return lines + foldedLines(block.children)
    return block.kind === 'code'
      ? lines + Math.max(0, block.text.split('\n').length - UNFOLDED_CODE_LINES)
      : lines
  }, 0)
}
