const LONGEST = 120

/** The beginning of a message, on one line: what it says itself, where it quotes something before. */
export function snippetOf(body: string): string {
  const own = body.replace(/^>.*$/gm, '')
  const line = (own.trim() === '' ? body : own).replace(/\s+/gu, ' ').trim()
  if (line.length <= LONGEST) return line
  return `${line.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, '')}…`
}
