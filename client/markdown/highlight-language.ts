import { type CodeLanguage, codeLanguageOf } from './code-languages.ts'

/** Longer code is not worth the wait. */
const LONGEST = 20_000
/** Nobody writes longer lines by hand, and grammars look through a line again and again. */
const LONGEST_LINE = 1_000

/** The language in whose colours code is to be drawn, where it is to be. */
export function worthColours(named: string, text: string): CodeLanguage | undefined {
  if (text === '' || text.length > LONGEST) return undefined
  return text.split('\n').some((line) => line.length > LONGEST_LINE) ? undefined : codeLanguageOf(named)
}
