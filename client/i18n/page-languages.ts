/** The languages there are words in; the first is for whoever asks for none of them. */
export const LANGUAGES = ['en', 'de', 'ar'] as const

export type Language = (typeof LANGUAGES)[number]

/** What each calls itself. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  de: 'Deutsch',
  ar: 'العربية',
}

export function languageOf(tag: string | undefined): Language | undefined {
  const language = tag?.toLowerCase().split('-')[0]
  return LANGUAGES.find((known) => known === language)
}

/** What was chosen here, or else the first of the browser's languages that is known. */
export function pickLanguage(kept: string | undefined, wanted: readonly string[]): Language {
  return [kept, ...wanted].map(languageOf).find((language) => language !== undefined) ?? LANGUAGES[0]
}

export function directionOf(language: Language): 'ltr' | 'rtl' {
  return language === 'ar' ? 'rtl' : 'ltr'
}
