import type { Role } from '../../protocol/roles.ts'

/** An invite link. Only the hash of its secret is stored. */
export interface InviteLink {
  hash: string
  role: Exclude<Role, 'owner'>
  madeBy: string
  madeAt: number
  expires?: number
  /** Uses left. A used-up link stays until the people it admitted have joined. */
  uses?: number
  /** In a list for moderators: how many people it has admitted who have not joined yet; absent for none. */
  waiting?: number
}

/** A link has admitted someone who has not joined yet. It ends with its link. */
export interface Admission {
  role: InviteLink['role']
  /** The hash of the link; absent where an earlier version admitted them. */
  link?: string
}

/**
 * What exactly was done. Each fact has a field of its own, so that a reason, which people write, can pass for no other
 * fact.
 */
export interface AuditFields {
  /** How long a mute or a ban lasts, in ms. A ban without it is for good. */
  ms?: number
  /** Whether a ban covers the person's networks. */
  network?: boolean
  /** The role that was given, or that a link gives. */
  role?: Role
  reason?: string
  /** The message it is about, by `seq`. */
  ref?: number
  /** The settings that were changed. */
  settings?: readonly string[]
  /** The hash of the invite link. */
  link?: string
  /** How many people have reported the message, where they are several. */
  count?: number
  /** The role of someone who did it before they joined, and so without a name. */
  as?: Role
}

/** An entry of the audit log: who did what to whom. */
export interface AuditEntry extends AuditFields {
  time: number
  /** Who did it, and the name they had. */
  by: string
  username: string
  action: string
  /** Whom it was done to: a person's id, and the name they had. */
  about?: string
  aboutName?: string
}

export interface StoredAuditEntry extends AuditEntry {
  /** The number of this entry in its room. */
  n: number
  /** What was done as one text, for clients that know no fields. Entries of earlier versions have only this. */
  detail?: string
}

/** The reports of one message. */
export interface StoredReport {
  /** The entry in the audit log, in the name of one of those who reported it. */
  entry: AuditEntry
  /** The ids of the people who reported it, up to `LIMITS.reporters`. */
  reporters: readonly string[]
  /** Whether all of them were newcomers. */
  isOfNewcomers: boolean
}

/** What a room stores for moderation: admissions, links, bans, blocks and the audit log. */
export interface ModerationStore {
  /** The admission of a person who has not joined yet. One whose link is gone or has expired counts no more. */
  admitted(by: string, now: number): Admission | undefined
  admit(by: string, admission: Admission): void
  /** As `admit`, but only the newest `LIMITS.waiting` are stored. */
  admitForNow(by: string, admission: Admission): void
  /** Ends an admission, and a used-up link with its last one. */
  unadmit(by: string): void

  links(): InviteLink[]
  /** The same, with how many people each has admitted who have not joined yet. Reads every admission. */
  linksWithWaiting(): InviteLink[]
  link(hash: string): InviteLink | undefined
  saveLink(link: InviteLink): void
  /** Removes links and their admissions. */
  removeLinks(hashes: readonly string[]): void

  /** Networks from which nobody new may join, each because of a banned person. */
  banNetwork(network: string, by: string, until: number): void
  networkBannedUntil(network: string): number
  unbanNetworks(by: string): void

  block(by: string, blocked: string): void
  unblock(by: string, blocked: string): void
  blocked(by: string): string[]
  hasBlocked(by: string, other: string): boolean

  note(note: AuditEntry): void
  /** The reports of the message with this `seq`. */
  reportOf(ref: number): StoredReport | undefined
  /** Adds the entry for the reports of a message, or replaces it in its place. */
  saveReport(ref: number, report: StoredReport): void
  /** Removes a person's name from the audit log and from the invitations they made, and their links. */
  removeName(by: string): void
  /** The entries of reports, newest first. */
  reports(limit: number): StoredAuditEntry[]
  /** Audit entries before number `before`, newest first, without the reports about `reader`. */
  notes(before: number, limit: number, reader?: string): StoredAuditEntry[]
}
