const LONGEST = 120

/** The beginning of a message, on one line. */
export function snippetOf(body: string): string {
  const line = body.replace(/\s+/gu, ' ').trim()
  if (line.length <= LONGEST) return line
  return `${line.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, '')}…`
}
