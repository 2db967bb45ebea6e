import type { Role } from '../../protocol/roles.ts'

/** An invite link. Only the hash of its secret is stored. */
export interface InviteLink {
  hash: string
  role: Exclude<Role, 'owner'>
  madeBy: string
  madeAt: number
  expires?: number
  /** Uses left. */
  uses?: number
}

/** An entry of the audit log: who did what to whom. */
export interface AuditEntry {
  time: number
  /** Who did it, and the name they had. */
  by: string
  username: string
  action: string
  /** Whom it was done to: a person's id, and the name they had. */
  about?: string
  aboutName?: string
  detail?: string
}

export interface StoredAuditEntry extends AuditEntry {
  /** The number of this entry in its room. */
  n: number
}

/** What a room stores for moderation: admissions, links, bans, blocks and the audit log. */
export interface ModerationStore {
  /** The role of a person whom a link has admitted and who has not joined yet. */
  admitted(by: string): Role | undefined
  admit(by: string, role: Role): void
  /** As `admit`, but only the newest `LIMITS.waiting` are stored. */
  admitForNow(by: string, role: Role): void
  unadmit(by: string): void

  links(): InviteLink[]
  link(hash: string): InviteLink | undefined
  saveLink(link: InviteLink): void
  removeLink(hash: string): void

  /** Networks from which nobody new may join, each because of a banned person. */
  banNetwork(network: string, by: string, until: number): void
  networkBannedUntil(network: string): number
  unbanNetworks(by: string): void

  block(by: string, blocked: string): void
  unblock(by: string, blocked: string): void
  blocked(by: string): string[]
  hasBlocked(by: string, other: string): boolean

  note(note: AuditEntry): void
  /** Removes a person's name from the audit log, and from pending invitations. */
  removeName(by: string, username: string): void
  /** Audit entries before number `before`, newest first. */
  notes(before: number, limit: number): StoredAuditEntry[]
}
