import type { ErrorCode } from '../../protocol/error-rules.ts'
import { LIMITS } from '../../protocol/limits.ts'
import type { Moderation, NewLink, OwnSettings, Report, SettingsChange } from '../../protocol/moderation.ts'
import type { Right, Role } from '../../protocol/roles.ts'
import type { InviteLink, StoredAuditEntry } from './moderation-store.ts'
import type { SharedSettings } from './room-record.ts'

/** An action on a room over HTTP: one call, with one answer. */
export type RoomAction =
  | { kind: 'set'; change: SettingsChange }
  | { kind: 'moderate'; what: Moderation }
  | { kind: 'listPeople' }
  | { kind: 'listNotes'; before: number; limit: number }
  | { kind: 'report'; what: Report }
  | { kind: 'block'; by: string; on: boolean }
  | { kind: 'setOwn'; change: OwnSettings }
  | { kind: 'makeLink'; link: NewLink; hash: string }
  | { kind: 'listLinks' }
  | { kind: 'revokeLink'; hash: string }
  /** Anyone who has the secret of a link may redeem it. */
  | { kind: 'redeemLink'; hash: string }
  /** Erases what this room holds of the person who asks. */
  | { kind: 'forget' }

/** The actions that write nothing. */
export const READING_ACTIONS: ReadonlySet<RoomAction['kind']> = new Set([
  'listPeople',
  'listNotes',
  'listLinks',
])

/** What each action needs: a right, to have joined, or nothing. */
export const ACTION_NEEDS: Record<RoomAction['kind'], Right | 'joined' | 'nothing'> = {
  set: 'moderate',
  moderate: 'moderate',
  listPeople: 'moderate',
  listNotes: 'moderate',
  report: 'joined',
  block: 'joined',
  setOwn: 'joined',
  makeLink: 'moderate',
  listLinks: 'moderate',
  revokeLink: 'moderate',
  redeemLink: 'nothing',
  forget: 'joined',
}

/** The most rows that each action may read, where they are more than a few. Some grow with the room: see `rowsOf`. */
export const ACTION_ROWS: Partial<Record<RoomAction['kind'], number>> = {
  moderate: LIMITS.links + LIMITS.waiting + LIMITS.blocks,
  listNotes: LIMITS.auditPage,
  block: 2 * LIMITS.blocks,
  setOwn: 2 * LIMITS.invitationsWaiting + LIMITS.blocks,
  // Sorting counts each row once more.
  makeLink: 4 * LIMITS.links,
  listLinks: 2 * LIMITS.links + 2 * LIMITS.waiting,
  revokeLink: LIMITS.waiting,
}

/** A person as moderators see them. */
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

/** An invite link as moderators see it. */
export interface ListedLink extends InviteLink {
  id: string
}

export type ActionResult = SharedSettings | MemberView[] | StoredAuditEntry[] | ListedLink[] | undefined

export interface RefusedAnswer {
  ok: false
  code: ErrorCode
  detail?: string
  /** In ms. */
  retryAfter?: number
  /** When the day ends whose share of writing is used up, in ms. */
  until?: number
}

/** The result of an action, or why it was refused. */
export type Answer<T = ActionResult> = { ok: true; value: T } | RefusedAnswer

export const DONE = { ok: true, value: undefined } as const

export function refused(code: ErrorCode, detail?: string): RefusedAnswer {
  return { ok: false, code, ...(detail === undefined ? {} : { detail }) }
}

/** The refusal of a call that comes too fast, unless the verdict lets it pass. */
export function tooFast({
  kind,
  retryAfter,
}: {
  kind: string
  retryAfter?: number
}): RefusedAnswer | undefined {
  if (kind === 'pass') return undefined
  return { ...refused('rate-limited'), ...(retryAfter === undefined ? {} : { retryAfter }) }
}
