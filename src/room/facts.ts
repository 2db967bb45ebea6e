/** Who may enter. Sessions are SHA-256 hashes of session tokens; no token is kept anywhere. */
export type Access =
  | { kind: 'open'; owner?: string }
  /** A room of two, made from the room `home`. `waiting` are those whose invitation still stands there. */
  | { kind: 'private'; home: string; members: readonly Member[]; waiting: readonly string[] }

/** One of the two a private room was made for, and the name by which they were known where it was made. */
export interface Member {
  session: string
  username: string
}

/** The one row a room keeps of itself. It survives trimming, so numbers and times never start again. */
export interface Facts {
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
}

export type Role = 'owner' | 'moderator' | 'member' | 'reader'

/** Someone who has joined this room, now or earlier. */
export interface Person {
  by: string
  /** Hash of the session token; lets a private room be made for someone who is away. */
  session: string
  username: string
  /** What names are compared by, so that look-alikes are the same. */
  nameKey: string
  role: Role
  /** When they last came, to the day or so, in ms. */
  seen: number
}
