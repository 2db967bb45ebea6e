import type { Session } from '../session/index.ts'
import { dropCachedPage, stillKept } from '../storage/offline-cache.ts'

/** Shows what this browser last saw of a room, as long as the room itself cannot be had. */
export async function showOfflineCache(room: string, session: Session): Promise<void> {
  const page = await dropCachedPage(room)
  if (page) session.seedFromCache(page.by, stillKept(page, Date.now()))
}
