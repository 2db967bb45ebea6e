import { t } from '../i18n/strings.ts'

/** A failure in the page's own words, or the server's message where there are none. */
export function problemText(code: string, message: string): string {
  const known: Readonly<Record<string, string>> = t.room.problems
  return Object.hasOwn(known, code) ? (known[code] ?? message) : message
}
