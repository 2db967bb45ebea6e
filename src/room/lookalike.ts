import unhomoglyph from 'unhomoglyph'

const MARKS = /\p{M}+/gu

/**
 * What two names are compared by: the confusable skeleton of UTS 39 over a case-folded, compatibility-normalised
 * form without marks and spaces. Names with the same key cannot be told apart at a glance. Never shown.
 */
export function nameKey(username: string): string {
  const folded = username.normalize('NFKD').replace(MARKS, '').toLowerCase()
  return unhomoglyph(unhomoglyph(folded).toLowerCase()).replace(/\s+/gu, '')
}
