import { markRefused, refusedUntil, setNotifying } from '../storage/notification-levels.ts'

/** How it stands between this browser and notifications. */
export type Permission =
  | { kind: 'missing' }
  | { kind: 'granted' }
  | { kind: 'blocked' }
  | { kind: 'refused'; until: number }
  | { kind: 'open' }

export function permissionNow(now: number): Permission {
  if (!('Notification' in globalThis)) return { kind: 'missing' }
  if (Notification.permission === 'granted') return { kind: 'granted' }
  const until = refusedUntil(now)
  if (until !== undefined) return { kind: 'refused', until }
  return { kind: Notification.permission === 'denied' ? 'blocked' : 'open' }
}

/** Only ever after a click. Whatever is not a yes is a no, and is remembered. */
export async function askPermission(now: number): Promise<Permission> {
  if (permissionNow(now).kind !== 'open') return permissionNow(now)
  if ((await Notification.requestPermission()) === 'granted') setNotifying(true)
  else markRefused(now)
  return permissionNow(now)
}
