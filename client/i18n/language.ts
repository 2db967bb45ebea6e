import { chosenLanguage } from '../storage/chosen-language.ts'
import { DICTIONARIES } from './dictionaries.ts'
import { directionOf, pickLanguage } from './page-languages.ts'
import { addStrings, type Strings } from './strings.ts'

/** Stays until the page is loaded again: choosing another language reloads it. */
export const language = pickLanguage(chosenLanguage(), globalThis.navigator?.languages ?? [])

export function setPageLanguage(): void {
  document.documentElement.lang = language
  document.documentElement.dir = directionOf(language)
}

/** Loads the strings of these areas in the language in use. */
export async function loadWords(...areas: readonly (keyof Strings)[]): Promise<void> {
  const loaded = await Promise.all(areas.map((area) => DICTIONARIES[language][area]()))
  for (const strings of loaded) addStrings(strings)
}
