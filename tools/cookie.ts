import { randomBytes } from 'node:crypto'

/** The cookie of a new person: any 256 bits identify one. */
export function newCookie(): string {
  return `hallway=${randomBytes(32).toString('base64url')}`
}
