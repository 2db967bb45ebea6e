import { DICTIONARIES } from '../../client/i18n/dictionaries.ts'
import { type Language, languageOf } from '../../client/i18n/page-languages.ts'

/** The browser that asks for each. */
export const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE', ar: 'ar' }

/** One language of each direction. */
export const BOTH_WAYS: readonly Language[] = ['en', 'ar']

export type Words = Awaited<ReturnType<typeof wordsIn>>

/** A language and its strings, under the keys the page has for them: a state looks for `studio.t.room.actions.reply`. */
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

/** How a sentence begins, up to what is put into it. */
export function beginning<What>(say: (what: What) => string, one: What, other: What): string {
  const [said, differently] = [say(one), say(other)]
  let at = 0
  while (at < said.length && said[at] === differently[at]) at += 1
  return said.slice(0, at).trim()
}

/** Those that are asked for on the command line, as `ar` or `en,de`. */
export function languagesFrom(asked: string | undefined): readonly Language[] {
  return asked?.split(',').map(known) ?? BOTH_WAYS
}

function known(asked: string): Language {
  const language = languageOf(asked)
  if (language === undefined) throw new Error(`Nothing is said in ${asked}`)
  return language
}
