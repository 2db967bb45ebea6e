import { t } from '../../i18n/strings.ts'
import { ask } from '../../net/api.ts'
import { useRoom } from '../room-context.ts'

/** Sets whether strangers can invite the reader in this room. The room then sends the new standing by itself. */
export function useRefuseStrangers() {
  const { room, moderation } = useRoom()
  return async (refusesStrangers: boolean): Promise<void> => {
    const answer = await ask(`/api/rooms/${room}/me`, 'PATCH', { refusesStrangers })
    if (!answer?.ok) moderation.showOutcome(t.room.problems.unreachable)
  }
}
