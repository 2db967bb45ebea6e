import { t } from '../../i18n/strings.ts'
import { ask } from '../../net/api.ts'
import { useRoom } from '../room-context.ts'

/** Hears someone again. The room tells by itself when it is so. */
export function useUnblock() {
  const { room, house } = useRoom()
  return async (by: string, username: string): Promise<void> => {
    const answer = await ask(`/api/rooms/${room}/blocks/${by}`, 'DELETE')
    house.tell(answer?.ok ? t.room.moderation.unblocked(username) : t.room.problems.unreachable)
  }
}
