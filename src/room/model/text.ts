/** The length of `text` in bytes of UTF-8. */
export function utf8Length(text: string): number {
  let bytes = text.length
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit < 0x80) continue
    bytes += unit < 0x800 ? 1 : 2
    // The first half of a surrogate pair counts for both. A lone half is replaced.
    if (isFirstHalf(unit) && isSecondHalf(text.charCodeAt(at + 1))) at++
  }
  return bytes
}

function isFirstHalf(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00
}

function isSecondHalf(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000
}

/** Whether `text` is longer than `bytes` of UTF-8, mostly without counting. */
export function isLongerThan(text: string, bytes: number): boolean {
  if (text.length > bytes) return true
  return text.length * 3 > bytes && utf8Length(text) > bytes
}

/**
 * 53 bits in place of an erased text: enough to tell a retry from another text under the same id, too few to restore
 * it. Not for secrets: this is no cryptographic hash.
 */
export function fingerprint(text: string): string {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    high = Math.imul(high ^ unit, 2654435761)
    low = Math.imul(low ^ unit, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36)
}

/** A keycap, a pictograph, a flag, what joins or colours them, or space. */
const EMOJI =
  /[#*0-9]\uFE0F?\u20E3|\p{Extended_Pictographic}|\p{RI}\p{RI}|\u200D|\uFE0F|[\p{Emoji_Modifier}\u{E0020}-\u{E007F}]|\s/gu

/** Whether a reaction says something, rather than being made of emoji. */
export function isWords(reaction: string): boolean {
  return reaction.replace(EMOJI, '') !== ''
}
