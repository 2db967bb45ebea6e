const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

/** Bytes as characters of a-z and 2-7, five bits each. Drops the bits that do not fill a character. */
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

/** An unguessable id, shorter than a room's: for epochs, and for messages sent without an id. */
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

/** The code of a device transfer: 160 random bits. */
export function newTransferCode(): string {
  return base32(crypto.getRandomValues(new Uint8Array(20)))
}

/** The person id of a session in one room. It differs in every room, and does not reveal the session. */
export async function derivePersonId(session: string, room: string): Promise<string> {
  return base32(await sha256(`${room} ${session}`)).slice(0, 20)
}

/** The id of a network in one room. It differs in every room. */
export async function deriveNetwork(network: string, room: string): Promise<string> {
  return base32(await sha256(`network ${room} ${network}`)).slice(0, 20)
}

/**
 * Whose budget pays for what a network does: the name of the budget's object, and after it the parts of the network. It is
 * the same in every room, and reveals no address.
 */
export async function derivePayer([whole, ...parts]: [string, ...string[]]): Promise<string> {
  const hashes = parts.map(async (part) => base32(await sha256(`part ${part}`)).slice(0, PART_CHARACTERS))
  return [await objectName('budget', whole), ...(await Promise.all(hashes))].join('/')
}

const PART_CHARACTERS = 10

/** A session, as the server stores it: the hash of its token. */
export async function hashToken(token: string): Promise<string> {
  return base32(await sha256(token))
}

/** Names a Durable Object after a text that neither the name nor the object reveals. */
export async function objectName(purpose: string, text: string): Promise<string> {
  return base32(await sha256(`${purpose} ${text}`))
}

async function sha256(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
}
