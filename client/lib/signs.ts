/** Near enough where `Intl.Segmenter` is missing, as in Firefox before 125. */
const SIGN = /\p{Regional_Indicator}{2}|.(?:\p{M}|\p{Emoji_Modifier}|[\u{e0020}-\u{e007f}]|\u200d.)*/gsu

/** The signs of a text as people see them: an emoji, or a letter with its marks, may be many characters long. */
export function signsOf(text: string): readonly string[] {
  return 'Segmenter' in Intl
    ? Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment)
    : (text.match(SIGN) ?? [])
}
