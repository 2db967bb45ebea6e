import { readLocal, writeLocal } from './local-storage.ts'

/** The language a person chose here; none means one of the browser's. */
export function chosenLanguage(): string | undefined {
  return readLocal('language')
}

export function saveLanguage(language: string | undefined): void {
  writeLocal('language', language ?? '')
}
