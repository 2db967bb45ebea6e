// Checked before lower-casing: a few non-ASCII characters have an ASCII lower case (the Kelvin sign).
const ROOM_NAME = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/i
const GENERATED_ID = /^[a-z2-7]{26}$/
const SESSION_TOKEN = /^[A-Za-z0-9_-]{43}$/

/** The room a visitor who names none is offered. */
export const DEFAULT_ROOM = 'main'

/** A room's name in lower case, or undefined if no room can have it. */
export function parseRoomName(text: string): string | undefined {
  return ROOM_NAME.test(text) ? text.toLowerCase() : undefined
}

/** A room with a generated id must be created. Any other room begins with its first join. */
export function isGeneratedId(room: string): boolean {
  return GENERATED_ID.test(room)
}

export function isSessionToken(text: string): boolean {
  return SESSION_TOKEN.test(text)
}

/** The path of a room's page. */
export function roomPath(room: string): string {
  return `/r/${room}`
}

/** The page with the Turnstile challenge, where an operator has set it up. */
export const CHALLENGE_PATH = '/challenge'

/** The page that receives an identity from another device. The code is behind a `#`. */
export const TRANSFER_PATH = '/move'

/** The page that receives what other apps share. */
export const SHARE_PATH = '/share'
