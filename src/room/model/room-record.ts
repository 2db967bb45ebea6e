import type { Retention } from '../../protocol/retentions.ts'
import type { AccessKind, Role } from '../../protocol/roles.ts'

/** Who may enter. Sessions are SHA-256 hashes of session tokens; no token is kept anywhere. */
export type Access =
  | { kind: 'open'; owner?: string }
  /** Whoever has joined before, and whoever brings a link. */
  | { kind: 'invite'; owner?: string }
  /** A room of two, made from the room `home`. `waiting` are those whose invitation still stands there. */
  | { kind: 'private'; home: string; members: readonly PrivateMember[]; waiting: readonly string[] }

/** One of the two a private room was made for, and the name by which they were known where it was made. */
export interface PrivateMember {
  session: string
  username: string
}

/** What those who look after a room have set. */
export interface RoomSettings {
  title: string
  /** What newcomers read first. */
  welcome: string
  /** Nobody new comes in. */
  locked: boolean
  /** How long each member waits between two messages, in ms; 0 for no wait. */
  slowMs: number
  retention: Retention
  /** Whose messages are still to be erased, as they asked. Nobody is told. */
  erasing?: readonly PendingErasure[]
}

/** All messages of one person up to a `seq`. */
export interface PendingErasure {
  by: string
  upTo: number
}

export const DEFAULT_SETTINGS: RoomSettings = {
  title: '',
  welcome: '',
  locked: false,
  slowMs: 0,
  retention: 'forever',
}

/** The one row a room keeps of itself. It survives trimming, so numbers and times never start again. */
export interface RoomRecord {
  /** Random; a new one means that what clients hold of this room is of another room. */
  epoch: string
  /** The newest `seq` given out. */
  seq: number
  /** The newest time given out, in ms. */
  time: number
  /** Changes up to and including this one are no longer kept. */
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
  /** What names are compared by, so that look-alikes are the same. */
  nameKey: string
  role: Role
  /** When they last came, to the day or so, in ms. */
  seen: number
  /** How far they have read, by `seq`. */
  read?: number
  /** Until when they may not speak, and until when they may not come in, in ms. */
  mutedUntil?: number
  bannedUntil?: number
}

/** A ban without an end: the last moment a date can name. */
export const FOR_EVER = 8.64e15

/** What everyone may know of how a room is kept. */
export interface SharedSettings extends Omit<RoomSettings, 'erasing'> {
  access: AccessKind
}

export function sharedSettings({
  settings,
  access,
}: Pick<RoomRecord, 'settings' | 'access'>): SharedSettings {
  const { title, welcome, locked, slowMs, retention } = settings
  return { title, welcome, locked, slowMs, retention, access: access.kind }
}

/** The same for someone who joins, who takes what is not said for the usual. */
export function nonDefaultSettings({
  settings,
  access,
}: Pick<RoomRecord, 'settings' | 'access'>): Partial<SharedSettings> {
  const { erasing: _own, ...told } = settings
  const unusual = Object.entries(told).filter(([key, value]) => value !== Reflect.get(DEFAULT_SETTINGS, key))
  return { ...Object.fromEntries(unusual), access: access.kind }
}
