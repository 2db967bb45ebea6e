import { computed } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useMemo } from 'preact/hooks'
import { MessageText } from '../../markdown/message-text.tsx'
import { namesInText } from '../../markdown/read-text.ts'
import { useRoom } from '../room-context.ts'

const SEPARATOR = '\n'

/** A message with its mentions marked. It is drawn again only when the names in it change. */
export function MentioningText({ body, mark }: { body: string; mark?: ComponentChildren }) {
  const { self, people } = useRoom()
  const joinedNames = useMemo(
    () =>
      computed(() => {
        // Elsewhere no name is looked for: who comes or goes has no message read again.
        if (!/[@*_~]/.test(body)) return ''
        const found = namesInText(body, people.mentionable.value)
        return [...new Set(found.map(({ name }) => name))].join(SEPARATOR)
      }),
    [body, people.mentionable],
  )
  const names = joinedNames.value
  if (names === '') return <MessageText body={body} mark={mark} />
  return <MessageText body={body} names={names.split(SEPARATOR)} self={self.name.value} mark={mark} />
}
