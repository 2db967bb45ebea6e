import { signsOf } from '../lib/signs.ts'

const HUES = 12

/** One of twelve colours, always the same for a name. */
export function hueOf(name: string): number {
  let hash = 7
  for (const char of name.normalize('NFKC').toLowerCase()) {
    hash = (Math.imul(hash, 31) + (char.codePointAt(0) ?? 0)) >>> 0
  }
  return ((hash ^ (hash >>> 15)) >>> 0) % HUES
}

/** The first letters of the first and the last word; one for a name of one word. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s._-]+/u).filter((word) => word !== '')
  const [first, last] = [words.at(0), words.length > 1 ? words.at(-1) : undefined]
  return [first, last]
    .map((word = '') => signsOf(word)[0])
    .join('')
    .toLocaleUpperCase()
}
