import { t } from '../../i18n/strings.ts'
import { ask } from '../../net/api.ts'
import { useRoom } from '../room-context.ts'

/** Unblocks a person. The room then sends the new list of blocked people by itself. */
export function useUnblock() {
  const { room, moderation } = useRoom()
  return async (personId: string, username: string): Promise<void> => {
    const answer = await ask(`/api/rooms/${room}/blocks/${personId}`, 'DELETE')
    moderation.showOutcome(answer?.ok ? t.room.moderation.unblocked(username) : t.room.problems.unreachable)
  }
}
