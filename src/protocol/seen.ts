/** What is drawn as nothing though Unicode has it among the visible, or in place of what cannot be drawn. */
export const BLANK = /[\u2800\u{13441}\u{13442}\u{1d159}\ufffc\ufffd]/u

/** Marks that pile up over other lines, or stand on what is before the text. No orthography needs five on one letter. */
export const FLOOD = /^\p{M}|\p{M}{5}/u

/** Something that is to be seen, where a text is not to be blank. */
export const SEEN = /[^\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800\u{13441}\u{13442}\u{1d159}]/u

/** What turns round the writing of what stands beside it, or has no place in a line. */
export const TURNS = /[\p{Cc}\p{Bidi_Control}]/u
