const LETTER_BEFORE = /[\p{L}\p{N}]$/u
const LETTER_AFTER = /^[\p{L}\p{N}\p{M}]/u
/** The scripts that put no space between words: beside their letters a name or an address stands alone. */
const NO_SPACES =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]/u

/** Whether the word before `at` goes on at it. */
export function followsWord(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 2), at)
  return LETTER_BEFORE.test(before) && !NO_SPACES.test(before.slice(-1))
}

/** Whether a word that ends at `at` goes on there. A mark always belongs to the letter before it. */
export function goesOn(text: string, at: number): boolean {
  const after = text.slice(at, at + 2)
  return (
    LETTER_AFTER.test(after) &&
    (!NO_SPACES.test(after.charAt(0)) || /^\p{M}/u.test(after)) &&
    !/^[\ufe0f\u20e3]/.test(after)
  )
}
