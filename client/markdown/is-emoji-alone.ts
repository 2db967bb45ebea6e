import type { Block } from './parse-markdown.ts'

const MOST = 60
const EMOJI =
  /^(?:[\s\p{Emoji_Presentation}\p{Emoji_Modifier_Base}\u{e0020}-\u{e007f}]|[0-9#*]\ufe0f?\u20e3|\p{Extended_Pictographic}\ufe0f|\u200d\p{Extended_Pictographic}\ufe0f?)+$/u

/** Whether a message is a few emoji and nothing else: they are drawn large. */
export function isEmojiAlone(blocks: readonly Block[]): boolean {
  const [block, ...more] = blocks
  const [text, ...others] = block?.kind === 'paragraph' ? block.children : []
  if (typeof text !== 'string' || more.length + others.length > 0) return false
  return text.length <= MOST && EMOJI.test(text)
}
