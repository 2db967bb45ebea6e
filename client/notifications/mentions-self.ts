import { type MentionableNames, mentionableNames } from '../markdown/mentions.ts'
import { namesInText } from '../markdown/read-text.ts'
import { namesIn, type SessionView } from '../session/index.ts'

/** Tells whether a text mentions the person themselves, among the names that are known in the room. */
export function createMentionsSelf(
  view: Pick<SessionView, 'timeline' | 'people'> & {
    readonly self?: { readonly username: string } | undefined
  },
): (body: string) => boolean {
  const self = view.self?.username ?? ''
  const wanted = self.toLowerCase()
  let callable: MentionableNames | undefined
  return (body) => {
    // Most texts need no parsing.
    if (wanted === '' || !body.toLowerCase().includes(`@${wanted}`)) return false
    callable ??= mentionableNames([...namesIn(view), self])
    return namesInText(body, callable).some(
      ({ text, name }) => text.startsWith('@') && name.toLowerCase() === wanted,
    )
  }
}
