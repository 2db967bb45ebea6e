import { markRefused, refusedUntil, setNotifying } from '../storage/notification-levels.ts'

/** Whether this browser allows notifications. */
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

/** Asks only after a click. Every answer but yes counts as no, and is remembered. */
export async function askPermission(now: number): Promise<Permission> {
  if (permissionNow(now).kind !== 'open') return permissionNow(now)
  if ((await Notification.requestPermission()) === 'granted') setNotifying(true)
  else markRefused(now)
  return permissionNow(now)
}
