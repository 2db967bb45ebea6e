import { IDENTITY_LOCK, IDENTITY_MARK, isDeletionDue, markDeleted } from '../storage/identity-mark.ts'

/** What a browser without `indexedDB.databases` is asked to delete. */
const KNOWN_DATABASES = ['hallway-outbox', 'hallway-shelf']

/** A frozen tab may hold its lock for ever. */
const PATIENCE_MS = 3_000

/**
 * Deletes the data of the identity before, once no page that acts for it is left to store more. The first page that
 * starts afterwards does so, and the others wait for it.
 */
export async function deleteFormerData(): Promise<void> {
  const run = async () => {
    if (!isDeletionDue()) return
    await deleteData()
    markDeleted()
  }
  if (!('locks' in navigator)) return run()
  const signal = AbortSignal.timeout(PATIENCE_MS)
  await navigator.locks.request(IDENTITY_LOCK, { signal }, run).catch(run)
}

/** Rooms, drafts, unsent messages, and what shows outside the page. */
export async function deleteData(): Promise<void> {
  for (const key of Object.keys(localStorage)) if (key !== IDENTITY_MARK) localStorage.removeItem(key)
  const kept = await storedDatabases()
  await Promise.all(kept.map(({ name }) => name !== undefined && deleteDatabase(name)))
  await closeNotifications().catch(() => {})
  await navigator.clearAppBadge?.().catch(() => {})
}

/** Some browsers cannot list them, and some refuse. */
async function storedDatabases(): Promise<IDBDatabaseInfo[]> {
  try {
    return await indexedDB.databases()
  } catch {
    return KNOWN_DATABASES.map((name) => ({ name }))
  }
}

function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name)
    const done = () => resolve()
    request.onsuccess = done
    request.onerror = done
    // It is deleted once the page that uses it is gone.
    request.onblocked = done
  })
}

/** Those that the service worker has shown. */
async function closeNotifications(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration()
  for (const shown of (await registration?.getNotifications()) ?? []) shown.close()
}
