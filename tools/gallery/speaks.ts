import { DICTIONARIES } from '../../client/i18n/dictionaries.ts'
import { type Language, languageOf } from '../../client/i18n/page-languages.ts'

/** The browser's locale for each language. */
export const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE', ar: 'ar' }

/** A language for each text direction. */
export const BOTH_WAYS: readonly Language[] = ['en', 'ar']

export type Words = Awaited<ReturnType<typeof wordsIn>>

/** The strings of a language, under the page's own keys: a state looks for `studio.t.room.actions.reply`. */
export async function wordsIn(language: Language) {
  const { door, room, moderation, notifications, identity, settings } = DICTIONARIES[language]
  return {
    language,
    t: {
      ...(await door()),
      ...(await room()),
      ...(await moderation()),
      ...(await notifications()),
      ...(await identity()),
      ...(await settings()),
    },
  }
}

/** The text of a sentence before its first placeholder. */
export function beginning<What>(say: (what: What) => string, first: What, second: What): string {
  const [said, differently] = [say(first), say(second)]
  let at = 0
  while (at < said.length && said[at] === differently[at]) at += 1
  return said.slice(0, at).trim()
}

/** The languages named on the command line, such as `ar` or `en,de`. */
export function languagesFrom(asked: string | undefined): readonly Language[] {
  return asked?.split(',').map(known) ?? BOTH_WAYS
}

function known(asked: string): Language {
  const language = languageOf(asked)
  if (language === undefined) throw new Error(`Hallway has no language ${asked}`)
  return language
}
