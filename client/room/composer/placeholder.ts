import { isGeneratedId } from '../../../src/protocol/names.ts'
import { t } from '../../i18n/strings.ts'

/** A longer name would be cut off in a phone's field, and any name in a smaller one, without a sign of it. */
const LONGEST_NAMED = 16
const NARROWEST_NAMED = 360

/** Names the companion of a private room, or the room by the name in its address. */
export function placeholderFor(room: string, companion: string | undefined): string {
  const addressee = companion ?? (isGeneratedId(room) ? undefined : room)
  return addressee === undefined || addressee.length > LONGEST_NAMED || innerWidth < NARROWEST_NAMED
    ? t.room.composer.placeholder
    : t.room.composer.placeholderTo(addressee)
}
