import unhomoglyph from 'unhomoglyph'

const MARKS = /\p{M}+/gu
const LATIN = /\p{sc=Latin}/u
const CAPITALS = /\p{Lu}/gu
/** Easily overlooked: spaces, and strokes beside a letter that stand for a mark. */
const OVERLOOKED = /[\s'\u0674]+/gu
/** Characters without case. */
const SIGNS = /[^\p{L}\p{Uppercase}\p{Lowercase}]/gu

/**
 * The confusable skeleton of UTS 39, without marks, spaces and apostrophes, and regardless of case. Names with the same
 * skeleton look alike at a glance. Never shown.
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

/** Among Latin letters a capital of another alphabet counts as the letter it looks like: a Greek eta as H, not as n. */
function asItLooks(capital: string): string {
  return LATIN.test(capital) ? capital : unhomoglyph(capital)
}

function withoutMarks(text: string): string {
  return text.normalize('NFKD').replace(MARKS, '')
}

/** Letter by letter: the case of some letters depends on their place in a word. */
function fold(text: string): string {
  return [...text].map((letter) => letter.toUpperCase().toLowerCase()).join('')
}

/**
 * Small letters of which only the capital looks like another letter: a capital Cyrillic ve looks like B. Each stands
 * before the letter its capital looks like; `m` becomes `rn`, as in the skeleton. `i` is listed because I looks like l.
 */
const CAPITALS_OF = new Map(
  'il ∂d ƅb ɲn ʀr ƨ2 ʈt ȝ3 ⱦt ʉu ꞓe ζz ĸk μm ᴛt χx ϝf ϻm ʙb ɜ3 ʍm ʜh ҳx ɢg տs ᴅd ꭹy ᴀa ᴊj ᴇe ꮍy ꮒh ꮗw ꮞ4 ꮤw ꮥs ʟl ᴘp ꮷd ꮾ6 ᏺh ⱨh ⱪk ⲏh ⲓl ⲙm ⲛn ⲧt ⲩy ⳋ9 ⳓ6 ꝁk ꝛ2 ꝯ9 ʝj 𐓜r 𐓵h 𐓺7 𑣉z 𑣏4 𑣒l 𑣛5'
    .split(' ')
    .map((pair) => [...pair])
    .map(([small = '', capital = '']) => [small, capital === 'm' ? 'rn' : capital] as const),
)
