import type { ComponentChildren } from 'preact'
import { type MentionableNames, mentionsIn } from './mentions.ts'

/** A text with its mentions marked, and the reader's own name more strongly. */
export function withMentions(
  text: string,
  callable: MentionableNames,
  self: string | undefined,
): ComponentChildren {
  const mentions = mentionsIn(text, callable)
  if (mentions.length === 0) return text
  const nodes: ComponentChildren[] = []
  let done = 0
  for (const { start, end, name } of mentions) {
    const isSelf = name.toLowerCase() === self?.toLowerCase()
    nodes.push(
      text.slice(done, start),
      <span class={isSelf ? 'mention mention--self' : 'mention'}>{text.slice(start, end)}</span>,
    )
    done = end
  }
  return [...nodes, text.slice(done)]
}
