/** The languages of the page. The first is the fallback. */
export const LANGUAGES = ['en', 'de', 'ar'] as const

export type Language = (typeof LANGUAGES)[number]

/** Each in its own language. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  de: 'Deutsch',
  ar: 'العربية',
}

export function languageOf(tag: string | undefined): Language | undefined {
  const language = tag?.toLowerCase().split('-')[0]
  return LANGUAGES.find((known) => known === language)
}

/** The language chosen in this browser, or the first known one of the browser's languages. */
export function pickLanguage(kept: string | undefined, wanted: readonly string[]): Language {
  return [kept, ...wanted].map(languageOf).find((language) => language !== undefined) ?? LANGUAGES[0]
}

export function directionOf(language: Language): 'ltr' | 'rtl' {
  return language === 'ar' ? 'rtl' : 'ltr'
}
