import { type CodeLanguage, codeLanguageOf } from './code-languages.ts'

/** Longer code would take too long. */
const MAX_LENGTH = 20_000
/** Grammars read a line many times, and nobody writes longer ones by hand. */
const MAX_LINE_LENGTH = 1_000

/** The language to highlight code in. Undefined for an unknown language and for code that is too long. */
export function highlightLanguageOf(named: string, text: string): CodeLanguage | undefined {
  if (text === '' || text.length > MAX_LENGTH) return undefined
  return text.split('\n').some((line) => line.length > MAX_LINE_LENGTH) ? undefined : codeLanguageOf(named)
}
