import { effect } from '@preact/signals'
import { type CachedPage, deleteCachedPage, pageOf, saveCachedPage } from '../storage/offline-cache.ts'
import { roomSummaries } from './background.ts'

/** Changes within this time are stored together. */
const GATHER_MS = 400

/** Stores the newest messages of the open and watched rooms, to be read without a connection. */
export function keepOfflineCache(): void {
  const seen = new Map<string, unknown>()
  const due = new Map<string, CachedPage>()
  let timer: ReturnType<typeof setTimeout> | undefined

  function run() {
    clearTimeout(timer)
    timer = undefined
    const pages = [...due.values()]
    due.clear()
    for (const page of pages) saveCachedPage(page).catch(() => {})
  }

  effect(() => {
    for (const { room, view } of roomSummaries.value) {
      // A person whom the room refuses may read nothing more of it.
      if (view.status.kind === 'fatal') {
        due.delete(room)
        deleteCachedPage(room).catch(() => {})
        continue
      }
      const { self, timeline } = view
      if (self === undefined || seen.get(room) === timeline) continue
      // The newest page comes with `joined` or right after it.
      if (timeline.length === 0 && self.seq > 0) continue
      seen.set(room, timeline)
      const page = pageOf(room, view)
      if (page) due.set(room, page)
    }
    if (due.size > 0) timer ??= setTimeout(run, GATHER_MS)
  })
  // A browser may end a hidden page without notice.
  document.addEventListener('visibilitychange', () => document.hidden && run())
}
