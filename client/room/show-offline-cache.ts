import type { Session } from '../session/index.ts'
import { readCachedPage, stillKept } from '../storage/offline-cache.ts'

/** Shows the messages that this browser last saw, while the room is unreachable. */
export async function showOfflineCache(room: string, session: Session): Promise<void> {
  const page = await readCachedPage(room)
  if (page) session.seedFromCache(page.by, stillKept(page, Date.now()))
}
