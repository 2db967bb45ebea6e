import { keep, readKept } from './local-storage.ts'

/** The language a person chose here; none means one of the browser's. */
export function keptLanguage(): string | undefined {
  return readKept('language')
}

export function keepLanguage(language: string | undefined): void {
  keep('language', language ?? '')
}
