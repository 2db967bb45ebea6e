/**
 * A signed pass: until a time, this session counts as a person. The signing key is derived from a secret, so nothing is
 * stored. Another session cannot use the pass.
 */
export async function signChallengePass(session: string, until: number, secret: string): Promise<string> {
  const signature = await crypto.subtle.sign('HMAC', await keyOf(secret), signedText(session, until))
  return `${until}.${[...new Uint8Array(signature)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

export async function isValidChallengePass(
  note: string,
  { session, secret, now }: { session: string; secret: string; now: number },
): Promise<boolean> {
  const [, until, signature] = /^(\d{1,15})\.([0-9a-f]{64})$/.exec(note) ?? []
  if (until === undefined || signature === undefined || Number(until) <= now) return false
  const bytes = Uint8Array.from(signature.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
  return crypto.subtle.verify('HMAC', await keyOf(secret), bytes, signedText(session, Number(until)))
}

function signedText(session: string, until: number): Uint8Array {
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
