import { signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'
import { loadWords } from '../i18n/language.ts'
import { t } from '../i18n/strings.ts'
import { useRoom } from '../room/room-context.ts'

/** Loaded when it is first asked for. */
const loaded = signal<ComponentType | undefined>(undefined)

/** Shows what is asked for of the things that are done with a room. */
export function ModerationHost() {
  const { house } = useRoom()
  const isAsked = house.asked.value !== undefined
  useEffect(() => {
    if (!isAsked || loaded.peek()) return
    // The words first: the dialogs take some of them as they are loaded.
    loadWords('moderation', 'notifications')
      .then(() => import('./moderation-dialog.tsx'))
      .then(
        ({ ModerationDialog: House }) => {
          loaded.value = House
        },
        () => {
          house.asked.value = undefined
          house.tell(t.room.moderation.failed)
        },
      )
  }, [isAsked, house])
  const House = loaded.value
  return isAsked && House ? <House /> : null
}
