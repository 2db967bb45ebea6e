import { fieldsOf } from '../lib/parse-unknown.ts'
import { readLocal, storedSignal, writeLocal } from './local-storage.ts'

/** What a room notifies about: every message, mentions, or nothing. */
export type NotificationLevel = 'all' | 'mentions' | 'nothing'

const KEYS = {
  rooms: 'calls',
  sound: 'sound',
  wanted: 'notify',
  reading: 'reading',
  refused: 'notify-refused',
} as const
const REFUSAL_MS = 30 * 24 * 60 * 60_000

const settings = storedSignal(Object.values(KEYS), read)

export function notificationLevelOf(room: string): NotificationLevel {
  return settings().value.rooms[room] ?? 'all'
}

/** `all` is the default, so it is not stored. */
export function setNotificationLevel(room: string, calls: NotificationLevel): void {
  const { [room]: _, ...others } = settings().peek().rooms
  const rooms = calls === 'all' ? others : { ...others, [room]: calls }
  writeLocal(KEYS.rooms, Object.keys(rooms).length === 0 ? '' : JSON.stringify(rooms))
  settings().value = read()
}

export function isSoundOn(): boolean {
  return settings().value.sound
}

export function setSound(on: boolean): void {
  writeLocal(KEYS.sound, on ? 'on' : '')
  settings().value = { ...settings().peek(), sound: on }
}

/** Whether new messages are announced to screen readers. */
export function areAnnouncementsOn(): boolean {
  return settings().value.readOut
}

export function setAnnouncements(on: boolean): void {
  writeLocal(KEYS.reading, on ? '' : 'off')
  settings().value = { ...settings().peek(), readOut: on }
}

/** Whether the person asked for notifications; the browser's permission may differ. */
export function isNotifyingWanted(): boolean {
  return settings().value.wanted
}

export function setNotifying(on: boolean): void {
  writeLocal(KEYS.wanted, on ? 'on' : '')
  settings().value = { ...settings().peek(), wanted: on }
}

/** The person declined: the page does not ask again for a while. */
export function markRefused(now: number): void {
  writeLocal(KEYS.refused, `${now}`)
  settings().value = { ...settings().peek(), refused: now }
}

/** Until when the page must not ask again. */
export function refusedUntil(now: number): number | undefined {
  const { refused } = settings().value
  if (refused === undefined || refused > now) return undefined
  return now - refused < REFUSAL_MS ? refused + REFUSAL_MS : undefined
}

function read() {
  const refused = Number(readLocal(KEYS.refused) ?? Number.NaN)
  return {
    rooms: parseNotificationLevels(readLocal(KEYS.rooms)),
    sound: readLocal(KEYS.sound) === 'on',
    readOut: readLocal(KEYS.reading) !== 'off',
    wanted: readLocal(KEYS.wanted) === 'on',
    refused: Number.isFinite(refused) ? refused : undefined,
  }
}

export function parseNotificationLevels(text: string | undefined): Record<string, NotificationLevel> {
  try {
    const entries = Object.entries(fieldsOf(JSON.parse(text ?? '{}')) ?? {})
    return Object.fromEntries(
      entries.filter(
        (entry): entry is [string, NotificationLevel] => entry[1] === 'mentions' || entry[1] === 'nothing',
      ),
    )
  } catch {
    return {}
  }
}
