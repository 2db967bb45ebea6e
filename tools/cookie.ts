import { randomBytes } from 'node:crypto'

/** A person of one's own making: any 256 bits will do. */
export function newCookie(): string {
  return `hallway=${randomBytes(32).toString('base64url')}`
}
