import { computed } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useMemo } from 'preact/hooks'
import { namesMentioned } from '../../markdown/mentions.ts'
import { MessageText } from '../../markdown/message-text.tsx'
import { useRoom } from '../room-context.ts'

const BETWEEN = '\n'

/** What a person wrote, with those it calls marked. It is drawn again only where it calls others than before. */
export function MentioningText({ body, mark }: { body: string; mark?: ComponentChildren }) {
  const { callable, selfName } = useRoom()
  const called = useMemo(
    () => computed(() => (body.includes('@') ? namesMentioned(body, callable.value).join(BETWEEN) : '')),
    [body, callable],
  )
  const names = called.value
  if (names === '') return <MessageText body={body} mark={mark} />
  return <MessageText body={body} calls={names.split(BETWEEN)} self={selfName.value} mark={mark} />
}
