const JOINER = '\u200d'
const NON_JOINER = '\u200c'
const EMOJI_VARIANT = /^[\ufe0e\ufe0f]$/
const PICTOGRAPH = /^\p{Extended_Pictographic}$/u
/** What a part of a composed emoji may end in. */
const END_OF_PART = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)$/u
const KEY = /^[0-9#*]$/
const KEYCAP = '\u20e3'

/** Letters whose form a joiner changes: the cursive scripts, and those that stack consonants. */
const JOINED =
  /^[\p{scx=Arab}\p{scx=Syrc}\p{scx=Nkoo}\p{scx=Mong}\p{scx=Deva}\p{scx=Beng}\p{scx=Guru}\p{scx=Gujr}\p{scx=Orya}\p{scx=Taml}\p{scx=Telu}\p{scx=Knda}\p{scx=Mlym}\p{scx=Sinh}\p{scx=Khmr}]$/u
const LETTER_OR_MARK = /^[\p{L}\p{M}]$/u
/** Silences a letter. With a joiner behind it, it may end a word. */
const VIRAMA = /^[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca]$/

const MONGOLIAN = /^\p{sc=Mong}$/u
const MONGOLIAN_VARIANT = /^[\u180b-\u180f]$/
const IDEOGRAPH = /^\p{sc=Han}$/u
const IDEOGRAPH_VARIANT = /^[\ufe00-\ufe02\u{e0100}-\u{e01ef}]$/u

/** Whether a script or an emoji needs this invisible character between these two. Comparisons leave it out. */
export function isNeeded(character: string, before: string, after: string): boolean {
  if (EMOJI_VARIANT.test(character)) return PICTOGRAPH.test(before) || (KEY.test(before) && after === KEYCAP)
  if (MONGOLIAN_VARIANT.test(character)) return MONGOLIAN.test(before)
  if (IDEOGRAPH_VARIANT.test(character)) return IDEOGRAPH.test(before)
  if (character !== JOINER && character !== NON_JOINER) return false
  if (character === JOINER && END_OF_PART.test(before)) return PICTOGRAPH.test(after)
  return isJoined(before) && (isJoined(after) || (character === JOINER && VIRAMA.test(before)))
}

/** Without a non-joiner behind a word, where it changes nothing, but some keyboards leave one. */
export function withoutLastNonJoiner(text: string): string {
  const before = [...text].at(-2) ?? ''
  return text.endsWith(NON_JOINER) && isJoined(before) ? text.slice(0, -1) : text
}

function isJoined(character: string): boolean {
  return JOINED.test(character) && LETTER_OR_MARK.test(character)
}
