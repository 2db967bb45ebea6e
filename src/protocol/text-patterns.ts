/** Characters drawn as nothing although Unicode counts them as visible, and the replacement characters. */
export const BLANK = /[\u2800\u{13441}\u{13442}\u{1d159}\ufffc\ufffd]/u

/** Marks that cover other lines, or attach to what precedes the text. No orthography needs five on one letter. */
export const STACKED_MARKS = /^\p{M}|\p{M}{5}/u

/** A visible character: a text without one is blank. */
export const VISIBLE = /[^\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800\u{13441}\u{13442}\u{1d159}]/u

/** Control characters, and those that change the direction of the text beside them. */
export const DIRECTION_OR_CONTROL = /[\p{Cc}\p{Bidi_Control}]/u

/** Whether a text is fit to stand on one line among others, as a title does: visible, and without bidi characters. */
export function isLabel(text: string): boolean {
  return (
    VISIBLE.test(text) && !/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u.test(text) && !STACKED_MARKS.test(text)
  )
}
