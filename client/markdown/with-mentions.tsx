import type { ComponentChildren } from 'preact'
import { type Callable, mentionsIn } from './mentions.ts'

/** Words with the names they call marked, and one's own name so that it stands out. */
export function withMentions(text: string, callable: Callable, self: string | undefined): ComponentChildren {
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
