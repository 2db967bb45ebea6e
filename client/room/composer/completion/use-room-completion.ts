import { computed } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { t } from '../../../i18n/strings.ts'
import { useRoom } from '../../room-context.ts'
import { type Completion, createCompletion } from './completion.ts'

/** Completes the names of people known in this room, the commands that the help lists, and emoji. */
export function useRoomCompletion(): Completion {
  const {
    people: { knownNames },
    self: { name: ownName },
  } = useRoom()
  return useMemo(
    () =>
      createCompletion({
        names: computed(() => knownNames.value.filter((name) => name !== ownName.value)),
        commands: t.room.help.lines.flatMap(([typed = '', does = '']) =>
          typed.startsWith('/') ? [[typed.split(' ', 1).join(), does] as const] : [],
        ),
        loadEmoji: async () => (await import('../../../emoji/emoji-list.ts')).EMOJI,
      }),
    [knownNames, ownName],
  )
}
