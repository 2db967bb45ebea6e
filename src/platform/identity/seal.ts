const IV_BYTES = 12

/**
 * Encrypts a text with AES-GCM, under a key that HKDF derives from the code. The result starts with the random
 * initialization vector.
 */
export async function seal(text: string, code: string): Promise<ArrayBuffer> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  const key = await keyOf(code, 'encrypt')
  const cipher = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(text))
  const sealed = new Uint8Array(IV_BYTES + cipher.byteLength)
  sealed.set(iv)
  sealed.set(new Uint8Array(cipher), IV_BYTES)
  return sealed.buffer
}

/** The text, or undefined if the code is wrong or the bytes were changed. */
export async function unseal(sealed: ArrayBuffer, code: string): Promise<string | undefined> {
  const iv = new Uint8Array(sealed, 0, IV_BYTES)
  const key = await keyOf(code, 'decrypt')
  try {
    const cipher = new Uint8Array(sealed, IV_BYTES)
    return new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, cipher))
  } catch {
    return undefined
  }
}

async function keyOf(code: string, use: 'encrypt' | 'decrypt'): Promise<CryptoKey> {
  const bytes = (text: string) => new TextEncoder().encode(text)
  const root = await crypto.subtle.importKey('raw', bytes(code), 'HKDF', false, ['deriveKey'])
  const derivation = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: bytes('hallway move') }
  return crypto.subtle.deriveKey(derivation, root, { name: 'AES-GCM', length: 256 }, false, [use])
}
