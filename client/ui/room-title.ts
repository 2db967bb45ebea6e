import { isGeneratedId } from '../../src/protocol/names.ts'
import { t } from '../i18n/strings.ts'

const SHOWN_OF_ID = 4

/** A room's title for people. A generated id is shortened: nobody reads it. */
export function roomTitle(room: string, companion?: string, title?: string): string {
  if (companion !== undefined) return t.door.room.privateWith(companion)
  if (title) return title
  return isGeneratedId(room) ? t.door.room.generated(room.slice(0, SHOWN_OF_ID)) : room
}
