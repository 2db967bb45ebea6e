import { t } from '../i18n/strings.ts'

/** What went wrong, in our own words where there are some. */
export function problemText(code: string, message: string): string {
  const known: Readonly<Record<string, string>> = t.room.problems
  return Object.hasOwn(known, code) ? (known[code] ?? message) : message
}
