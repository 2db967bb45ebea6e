const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

/** Bytes as characters of a-z and 2-7, five bits each; what does not fill a character is left out. */
function base32(bytes: Uint8Array): string {
  let text = ''
  let value = 0
  let bits = 0
  for (const byte of bytes) {
    value = (value << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += ALPHABET.charAt((value >> bits) & 31)
    }
    value &= 255
  }
  return text
}

/** A room's generated id: 130 random bits. */
export function newRoomId(): string {
  return base32(crypto.getRandomValues(new Uint8Array(17))).slice(0, 26)
}

/** An id that nobody can guess, shorter than a room's: epochs, and messages that came without one. */
export function newId(): string {
  return base32(crypto.getRandomValues(new Uint8Array(10)))
}

/** A session token: 256 random bits as base64url. */
export function newToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** A code that moves an identity to another device: 160 random bits. */
export function newMoveCode(): string {
  return base32(crypto.getRandomValues(new Uint8Array(20)))
}

/** Who a session is in one room. Another room gets another name for it, and neither tells the session. */
export async function deriveBy(session: string, room: string): Promise<string> {
  return base32(await sha256(`${room} ${session}`)).slice(0, 20)
}

/** Stands for a network in one room; another room gets another name for it. */
export async function deriveNetwork(network: string, room: string): Promise<string> {
  return base32(await sha256(`network ${room} ${network}`)).slice(0, 20)
}

/** A session as the server keeps it: the hash of its token. */
export async function hashToken(token: string): Promise<string> {
  return base32(await sha256(token))
}

/** Where an object is found by something that it is not to know itself, or that is not to be read off its name. */
export async function hashedName(purpose: string, text: string): Promise<string> {
  return base32(await sha256(`${purpose} ${text}`))
}

async function sha256(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
}
