import type { SettingsChange } from '../../src/protocol/moderation.ts'
import { RETENTIONS, type Retention } from '../../src/protocol/retentions.ts'
import type { Joined } from '../../src/protocol/server-frames.ts'

/** All settings of a room. */
export type SettingsDraft = Required<SettingsChange>

export const SLOW_MS = [0, 5_000, 30_000, 60_000, 300_000]

/** Absent settings have their default. */
export function settingsOf({
  title = '',
  welcome = '',
  locked = false,
  slowMs = 0,
  retention = 'forever',
  access,
}: Told): SettingsDraft {
  return { title, welcome, locked, slowMs, retention, access: access === 'invite' ? 'invite' : 'open' }
}

type Told = Partial<Pick<Joined, 'title' | 'welcome' | 'locked' | 'slowMs' | 'retention' | 'access'>>

/** Only the changed settings: someone else may have changed the rest meanwhile. */
export function changesOf(before: SettingsDraft, now: SettingsDraft): SettingsChange {
  const change: SettingsChange = {}
  if (now.title.trim() !== before.title) change.title = now.title.trim()
  if (now.welcome.trim() !== before.welcome) change.welcome = now.welcome.trim()
  if (now.locked !== before.locked) change.locked = now.locked
  if (now.slowMs !== before.slowMs) change.slowMs = now.slowMs
  if (now.retention !== before.retention) change.retention = now.retention
  if (now.access !== before.access) change.access = now.access
  return change
}

/** Whether the new retention deletes messages that would have stayed. */
export function keepsLess(before: Retention, now: Retention): boolean {
  return RETENTIONS.indexOf(now) < RETENTIONS.indexOf(before)
}
