import { computed } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useMemo } from 'preact/hooks'
import { namesMentioned } from '../../markdown/mentions.ts'
import { MessageText } from '../../markdown/message-text.tsx'
import { useRoom } from '../room-context.ts'

const SEPARATOR = '\n'

/** A message with its mentions marked. It is drawn again only when the mentions change. */
export function MentioningText({ body, mark }: { body: string; mark?: ComponentChildren }) {
  const { self, people } = useRoom()
  const joinedNames = useMemo(
    () =>
      computed(() =>
        body.includes('@') ? namesMentioned(body, people.mentionable.value).join(SEPARATOR) : '',
      ),
    [body, people.mentionable],
  )
  const names = joinedNames.value
  if (names === '') return <MessageText body={body} mark={mark} />
  return <MessageText body={body} mentions={names.split(SEPARATOR)} self={self.name.value} mark={mark} />
}
