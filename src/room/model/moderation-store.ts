import type { Role } from '../../protocol/roles.ts'
/** A link into an invite-only room. Of its secret only the hash is kept. */
export interface InviteLink {
  hash: string
  role: Exclude<Role, 'owner'>
  madeBy: string
  madeAt: number
  expires?: number
  /** How often it may still be used. */
  uses?: number
}

/** One line of the audit: who did what to whom. */
export interface AuditEntry {
  time: number
  /** Who did it, and under which name. */
  by: string
  username: string
  action: string
  /** Whom or what it was about: a person's `by`, and the name they had. */
  about?: string
  aboutName?: string
  detail?: string
}

export interface StoredAuditEntry extends AuditEntry {
  /** Counts the notes of this room. */
  n: number
}

/** What a room keeps beside its log, for those who look after it and about those who come. */
export interface ModerationStore {
  /** Whom a link has let in who has not joined yet, and as what. */
  admitted(by: string): Role | undefined
  admit(by: string, role: Role): void
  /** As `admit`, but only the newest `LIMITS.waiting` of them are kept. */
  admitForNow(by: string, role: Role): void
  unadmit(by: string): void

  links(): InviteLink[]
  link(hash: string): InviteLink | undefined
  saveLink(link: InviteLink): void
  removeLink(hash: string): void

  /** Networks from which nobody new may come, each for the sake of someone who was banned. */
  banNetwork(network: string, by: string, until: number): void
  networkBannedUntil(network: string): number
  unbanNetworks(by: string): void

  block(by: string, blocked: string): void
  unblock(by: string, blocked: string): void
  blocked(by: string): string[]
  hasBlocked(by: string, other: string): boolean

  note(note: AuditEntry): void
  /** Takes someone's name off the notes, and off the invitations that wait under it. */
  removeName(by: string, username: string): void
  /** The newest notes before `before`, newest first. */
  notes(before: number, limit: number): StoredAuditEntry[]
}
