import unhomoglyph from 'unhomoglyph'

const MARKS = /\p{M}+/gu
const LATIN = /\p{sc=Latin}/u
const CAPITALS = /\p{Lu}/gu
/** What is easily overlooked: spaces, and the strokes that stand beside a letter in place of a mark. */
const OVERLOOKED = /[\s'\u0674]+/gu
/** What has no case. */
const SIGNS = /[^\p{L}\p{Uppercase}\p{Lowercase}]/gu

/**
 * What two names are compared by: the confusable skeleton of UTS 39, without marks, spaces and apostrophes, and taken so that case
 * makes no difference. Names with the same key cannot be told apart at a glance. Never shown.
 */
export function skeletonOf(username: string): string {
  const plain = withoutMarks(username.replace(SIGNS, unhomoglyph))
  const shown = LATIN.test(plain) ? plain.replace(CAPITALS, asItLooks) : plain
  const skeleton = withoutMarks(unhomoglyph(fold(withoutMarks(unhomoglyph(fold(shown))))))
  return [...fold(skeleton)]
    .map((letter) => CAPITALS_OF.get(letter) ?? letter)
    .join('')
    .replace(OVERLOOKED, '')
}

/** Among Latin letters a capital of another alphabet is taken for what it looks like: a Greek eta for H, not for n. */
function asItLooks(capital: string): string {
  return LATIN.test(capital) ? capital : unhomoglyph(capital)
}

function withoutMarks(text: string): string {
  return text.normalize('NFKD').replace(MARKS, '')
}

/** Letter by letter, because within a word the case of some depends on their place. */
function fold(text: string): string {
  return [...text].map((letter) => letter.toUpperCase().toLowerCase()).join('')
}

/**
 * Small letters of which only the capital looks like another letter: the Cyrillic ve is a B once it is large. Each
 * stands before what its capital looks like; `m` is written as the skeleton has it. I is in it for the sake of l.
 */
const CAPITALS_OF = new Map(
  'il ∂d ƅb ɲn ʀr ƨ2 ʈt ȝ3 ⱦt ʉu ꞓe ζz ĸk μm ᴛt χx ϝf ϻm ʙb ɜ3 ʍm ʜh ҳx ɢg տs ᴅd ꭹy ᴀa ᴊj ᴇe ꮍy ꮒh ꮗw ꮞ4 ꮤw ꮥs ʟl ᴘp ꮷd ꮾ6 ᏺh ⱨh ⱪk ⲏh ⲓl ⲙm ⲛn ⲧt ⲩy ⳋ9 ⳓ6 ꝁk ꝛ2 ꝯ9 ʝj 𐓜r 𐓵h 𐓺7 𑣉z 𑣏4 𑣒l 𑣛5'
    .split(' ')
    .map((pair) => [...pair])
    .map(([small = '', capital = '']) => [small, capital === 'm' ? 'rn' : capital] as const),
)
