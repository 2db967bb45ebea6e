import { en, type Strings } from './en.ts'

/** The words of the language in use. */
export const t: Strings = en
