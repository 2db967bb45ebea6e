import { LIMITS } from './limits.ts'
import { isNeeded, withoutLastNonJoiner } from './needed-characters.ts'
import { BLANK, STACKED_MARKS } from './text-patterns.ts'

/** Control, bidi, zero-width and other invisible characters: with them, two names could look the same. */
const INVISIBLE = /\p{C}|\p{Zl}|\p{Zp}|\p{Default_Ignorable_Code_Point}/u

/**
 * A person's name as stored and shown, or undefined if it is invalid. The room knows which names are taken. The length
 * comes first, because composing takes time with the square of the marks in a row.
 */
export function parseUsername(text: string): string | undefined {
  if (text.length > LIMITS.usernameSentLength) return undefined
  const name = withoutLastNonJoiner(
    text
      .normalize('NFC')
      .replace(/\p{Zs}+/gu, ' ')
      .trim(),
  )
  if (name.length === 0 || name.length > LIMITS.usernameLength) return undefined
  const characters = [...name]
  const visible = characters.filter((character) => !INVISIBLE.test(character)).join('')
  if (STACKED_MARKS.test(visible) || BLANK.test(visible)) return undefined
  return characters.every((_, at) => isVisibleOrNeeded(characters, at)) ? name : undefined
}

function isVisibleOrNeeded(characters: readonly string[], at: number): boolean {
  const character = characters[at] ?? ''
  return !INVISIBLE.test(character) || isNeeded(character, characters[at - 1] ?? '', characters[at + 1] ?? '')
}

/** A name as it was typed or pasted: without marks of direction and hyphenation, which keyboards leave in it unseen. */
export function typedUsername(text: string): string | undefined {
  return parseUsername(text.replace(/[\xad\u061c\u200b\u200e\u200f\u2060\ufeff]/g, ''))
}
