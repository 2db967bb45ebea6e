import { LIMITS } from './limits.ts'
import { BLANK, FLOOD } from './seen.ts'

// Checked before it is folded: a few characters that are no ASCII have an ASCII lower case (the Kelvin sign).
const ROOM_NAME = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/i
const GENERATED_ID = /^[a-z2-7]{26}$/
const SESSION_TOKEN = /^[A-Za-z0-9_-]{43}$/

/**
 * Control, bidi, zero-width and other characters that have no shape of their own. So the joiners are out which Persian
 * and Indic orthographies and composed emoji use, and selectors of variants: without them a name is legible, and with
 * them two names could be told apart by no eye.
 */
const INVISIBLE = /\p{C}|\p{Zl}|\p{Zp}|\p{Default_Ignorable_Code_Point}/u

/** The room a visitor who names none is offered. */
export const DEFAULT_ROOM = 'main'

/** A room's name in lower case, or undefined if it cannot be one. */
export function parseRoomName(text: string): string | undefined {
  return ROOM_NAME.test(text) ? text.toLowerCase() : undefined
}

/** Rooms with a generated id exist only after they were created. */
export function isGeneratedId(room: string): boolean {
  return GENERATED_ID.test(room)
}

export function isSessionToken(text: string): boolean {
  return SESSION_TOKEN.test(text)
}

/** A person's name as stored and shown, or undefined if it cannot be one. The room knows which names are taken. */
export function parseUsername(text: string): string | undefined {
  const name = text
    .normalize('NFC')
    .replace(/\p{Zs}+/gu, ' ')
    .trim()
  if (name.length === 0 || name.length > LIMITS.usernameLength) return undefined
  return INVISIBLE.test(name) || FLOOD.test(name) || BLANK.test(name) ? undefined : name
}

/** The path of a room's page. After the site's origin, it is the invitation. */
export function roomPath(room: string): string {
  return `/r/${room}`
}

/** The page with the Turnstile challenge, where an operator has set it up. */
export const CHALLENGE_PATH = '/challenge'

/** The page that receives an identity from another device. The code is behind a `#`. */
export const MOVE_PATH = '/move'

/** The page that receives what other apps share. */
export const SHARE_PATH = '/share'
