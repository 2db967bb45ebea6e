/**
 * A note that a session has shown itself to be a person, until a time: what the note says, signed under a key that is
 * derived from a secret. Nothing is stored, and the note of one session is worth nothing to another.
 */
export async function humanNote(session: string, until: number, secret: string): Promise<string> {
  const signature = await crypto.subtle.sign('HMAC', await keyOf(secret), said(session, until))
  return `${until}.${[...new Uint8Array(signature)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

export async function isHuman(
  note: string,
  { session, secret, now }: { session: string; secret: string; now: number },
): Promise<boolean> {
  const [, until, signature] = /^(\d{1,15})\.([0-9a-f]{64})$/.exec(note) ?? []
  if (until === undefined || signature === undefined || Number(until) <= now) return false
  const bytes = Uint8Array.from(signature.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
  return crypto.subtle.verify('HMAC', await keyOf(secret), bytes, said(session, Number(until)))
}

function said(session: string, until: number): Uint8Array {
  return bytesOf(`${session} ${until}`)
}

async function keyOf(secret: string): Promise<CryptoKey> {
  const root = await crypto.subtle.importKey('raw', bytesOf(secret), 'HKDF', false, ['deriveKey'])
  const derivation = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: bytesOf('hallway human') }
  const key = { name: 'HMAC', hash: 'SHA-256', length: 256 }
  return crypto.subtle.deriveKey(derivation, root, key, false, ['sign', 'verify'])
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
