import { skeletonOf } from './skeleton.ts'
import { inVisualOrder } from './visual-order.ts'

const MARKS = /\p{M}+/gu
/** Easily overlooked: spaces, and strokes beside a letter that stand for a mark. */
const OVERLOOKED = /[\s'\u0674]+/gu
/**
 * Small letters and what they count as. Of most, only the capital looks like another letter: a capital Cyrillic ve looks like
 * B, so a small one counts as b. The table likens a few to letters with marks, which are left out.
 */
const COUNTS_AS = new Map(
  '∂d ƅb ɲn ʀr ƨ2 ʈt ȝ3 ⱦt ʉu ꞓe ζz ĸk μm ᴛt χx ϝf ϻm ʙb ɜ3 ʍm ʜh ҳx ɢg տs ᴅd ꭹy ᴀa ᴊj ᴇe ꮍy ꮒh ꮗw ꮞ4 ꮤw ꮥs ʟl ᴘp ꮷd ꮾ6 ᏺh ⱨh ⱪk ⲏh ⲓl ⲙm ⲛn ⲧt ⲩy ⳋ9 ⳓ6 ꝁk ꝛ2 ꝯ9 ʝj 𐓜r 𐓵h 𐓺7 𑣉z 𑣏4 𑣒l 𑣛5 ƫt ꭑm ꮿω ةه'
    .split(' ')
    .map((pair) => [...pair])
    .map(([letter = '', other = '']) => [letter, other] as const),
)

/** A ligature may stand for eighteen letters; those of a name count up to here. No name that people have is as long. */
const COMPARED = 64

/** What a name is stored and looked up by. Confusable names share a key; a few that share one are not confusable. */
export interface NameKeys {
  /** By the name in small letters. */
  nameKey: string
  /** By the name as it is written, where that is another: among Greek letters a capital eta looks like H, a small one like n. */
  shownKey?: string
}

export function nameKeysOf(username: string): NameKeys {
  const [nameKey, shownKey] = [keyOf(inSmallLetters(username)), keyOf(username)]
  return shownKey === nameKey ? { nameKey } : { nameKey, shownKey }
}

/** Whether two names look alike at a glance, as they are written or in small letters. */
export function areConfusable(one: string, other: string): boolean {
  return lookOf(one) === lookOf(other) || lookOf(inSmallLetters(one)) === lookOf(inSmallLetters(other))
}

/** The skeleton of a name without marks, spaces, apostrophes and case. */
export function lookOf(name: string): string {
  const whole = [...skeletonOf(inVisualOrder(name))].slice(0, COMPARED).join('')
  const shown = inSmallLetters(withoutOverlooked(whole))
  // Letters that only now are small ones, or no longer wide ones, look like others in their turn.
  const look = skeletonOf(Array.from(shown, (letter) => COUNTS_AS.get(letter) ?? letter).join(''))
  return inSmallLetters(withoutOverlooked(look))
}

/** Without marks, spaces and apostrophes, and with letters for their variants: wide letters, ligatures. */
export function withoutOverlooked(text: string): string {
  return text.normalize('NFKD').replace(MARKS, '').replace(OVERLOOKED, '')
}

/** Letter by letter, because the case of some letters depends on their place in a word. A capital sharp s is `ss` too. */
function inSmallLetters(text: string): string {
  return Array.from(text, (letter) => letter.toLowerCase().toUpperCase().toLowerCase()).join('')
}

/** `i` counts as `l`, as in the keys that rooms have stored for long. */
function keyOf(name: string): string {
  return lookOf(name).replaceAll('i', 'l')
}
