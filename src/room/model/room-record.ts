import type { AccessKind } from '../../protocol/access-kinds.ts'
import type { Retention } from '../../protocol/retentions.ts'
import type { Role } from '../../protocol/roles.ts'

/** Who may join. Sessions are SHA-256 hashes of session tokens; no token is stored anywhere. */
export type Access =
  | { kind: 'open'; owner?: string }
  /** Only people who have joined before, and people with an invite link. */
  | { kind: 'invite'; owner?: string }
  /** A room for two, made from the room `home`. `waiting` are the sessions whose invitation is still pending there. */
  | { kind: 'private'; home: string; members: readonly PrivateMember[]; waiting: readonly string[] }

/** A member of a private room, with the name they had in the room it was made from. */
export interface PrivateMember {
  session: string
  username: string
}

/** What the owner and moderators have set. */
export interface RoomSettings {
  title: string
  /** Shown to new members first. */
  welcome: string
  /** Nobody new may join. */
  locked: boolean
  /** Slow mode: how long each member waits between two messages, in ms; 0 for no wait. */
  slowMs: number
  retention: Retention
  /** Erasures that people asked for and that are not finished. Never sent to clients. */
  erasing?: readonly PendingErasure[]
  /** Who set the topic; absent where there is none, or an earlier version stored it. Never sent to clients. */
  topicBy?: string
  /** What was stored before the room had a retention: nobody has paid for its deletion yet. Never sent to clients. */
  trimming?: { upTo: number; payer: string }
}

/** All messages of a person up to a `seq`. Up to `after` they are erased; absent where that is not known. */
export interface PendingErasure {
  by: string
  upTo: number
  after?: number
  /** Whose budget pays for it; absent where the network is not known. */
  payer?: string
}

export const DEFAULT_SETTINGS: RoomSettings = {
  title: '',
  welcome: '',
  locked: false,
  slowMs: 0,
  retention: 'forever',
}

/** The one row about the room itself. It survives trimming, so `seq` and `time` never start again. */
export interface RoomRecord {
  /** Random; a new epoch tells clients that their cached copy is of an earlier room. */
  epoch: string
  /** The newest `seq` given out. */
  seq: number
  /** The newest time given out, in ms. */
  time: number
  /** Changes up to and including this one have been erased. */
  floor: number
  topic: string
  access: Access
  settings: RoomSettings
}

/** Someone who has joined this room, now or earlier. */
export interface PersonRecord {
  by: string
  /** Hash of the session token; lets a private room be made for someone who is away. */
  session: string
  username: string
  role: Role
  /** When they last joined, to the day, in ms. */
  seen: number
  /** When they first joined, in ms; absent where an earlier version did not store it, which was long ago. */
  since?: number
  /** The newest `seq` before they first joined: nothing up to it is theirs. Absent where that is not known. */
  joinedAfter?: number
  /** They have not said anything here yet. */
  silent?: boolean
  /** How far they have read, by `seq`. */
  read?: number
  /** Until when they are muted, and until when they are banned, in ms. */
  mutedUntil?: number
  bannedUntil?: number
  /** Whether only people they have met in private can invite them. */
  refusesStrangers?: boolean
}

/** A permanent ban ends at the last moment that a date can hold. */
export const FOR_EVER = 8.64e15

/** The settings that everyone may see. */
export interface SharedSettings extends Omit<RoomSettings, 'erasing' | 'topicBy' | 'trimming'> {
  access: AccessKind
}

export function sharedSettings({
  settings,
  access,
}: Pick<RoomRecord, 'settings' | 'access'>): SharedSettings {
  const { title, welcome, locked, slowMs, retention } = settings
  return { title, welcome, locked, slowMs, retention, access: access.kind }
}

/** The same for a joiner, without the defaults, which every client knows. */
export function nonDefaultSettings({
  settings,
  access,
}: Pick<RoomRecord, 'settings' | 'access'>): Partial<SharedSettings> {
  const { erasing: _own, topicBy: _too, trimming: _also, ...told } = settings
  const unusual = Object.entries(told).filter(([key, value]) => value !== Reflect.get(DEFAULT_SETTINGS, key))
  return { ...Object.fromEntries(unusual), access: access.kind }
}
