const MAX_LENGTH = 120

/** The beginning of a message on one line, without what it quotes. */
export function snippetOf(body: string): string {
  const own = body.replace(/^>.*$/gm, '')
  const line = (own.trim() === '' ? body : own).replace(/\s+/gu, ' ').trim()
  if (line.length <= MAX_LENGTH) return line
  return `${line.slice(0, MAX_LENGTH).replace(/[\ud800-\udbff]$/, '')}…`
}
