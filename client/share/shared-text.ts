/** The shared title, text and address as one text, each once. */
export function sharedText(query: string): string {
  const params = new URLSearchParams(query)
  const parts = ['title', 'text', 'url'].map((name) => params.get(name)?.trim() ?? '').filter(Boolean)
  return parts
    .filter(
      (part, index) =>
        !parts.some((other, at) => at !== index && other.includes(part) && (other !== part || at < index)),
    )
    .join('\n')
}
