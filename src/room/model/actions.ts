import type { ErrorCode } from '../../protocol/errors.ts'
import type { Moderation, NewLink, Report, SettingsChange } from '../../protocol/moderation.ts'
import type { Right, Role } from '../../protocol/roles.ts'
import type { InviteLink, StoredAuditEntry } from './moderation-store.ts'
import type { SharedSettings } from './room-record.ts'

/** What is asked of a room beside its conversation, over HTTP: each is one call, with one answer. */
export type RoomAction =
  | { kind: 'set'; change: SettingsChange }
  | { kind: 'moderate'; what: Moderation }
  | { kind: 'listPeople' }
  | { kind: 'listNotes'; before: number; limit: number }
  | { kind: 'report'; what: Report }
  | { kind: 'block'; by: string; on: boolean }
  | { kind: 'makeLink'; link: NewLink; hash: string }
  | { kind: 'listLinks' }
  | { kind: 'revokeLink'; hash: string }
  /** Someone with the secret of a link comes in; they need not be known. */
  | { kind: 'redeemLink'; hash: string }
  /** What this room holds of someone is erased. */
  | { kind: 'forget' }

/** What each of them takes: a right, to have joined, or nothing. */
export const ACTION_NEEDS: Record<RoomAction['kind'], Right | 'joined' | 'nothing'> = {
  set: 'moderate',
  moderate: 'moderate',
  listPeople: 'moderate',
  listNotes: 'moderate',
  report: 'joined',
  block: 'joined',
  makeLink: 'moderate',
  listLinks: 'moderate',
  revokeLink: 'moderate',
  redeemLink: 'nothing',
  forget: 'joined',
}

/** What those who moderate see of someone. */
export interface MemberView {
  by: string
  username: string
  role: Role
  /** When they were last here, to the day. */
  seen: number
  here: boolean
  mutedUntil?: number
  bannedUntil?: number
}

export type ActionResult = SharedSettings | MemberView[] | StoredAuditEntry[] | InviteLink[] | undefined

/** What came of it. */
export type Answer<T = ActionResult> =
  | { ok: true; value: T }
  | { ok: false; code: ErrorCode; detail?: string }

export const DONE = { ok: true, value: undefined } as const

export function refused(code: ErrorCode, detail?: string): Answer<never> {
  return { ok: false, code, ...(detail === undefined ? {} : { detail }) }
}
