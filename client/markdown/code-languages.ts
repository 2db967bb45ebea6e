/** The languages that are highlighted, each with the other names that people write behind a fence. */
const NAMES = {
  bash: ['sh', 'shell', 'zsh', 'console'],
  c: ['h'],
  cpp: ['c++', 'cc', 'cxx', 'hpp', 'hxx'],
  css: [],
  diff: ['patch'],
  go: ['golang'],
  java: [],
  javascript: ['js', 'jsx', 'mjs', 'cjs', 'node'],
  json: ['json5', 'jsonc', 'jsonl', 'ndjson'],
  markdown: ['md'],
  php: [],
  python: ['py', 'py3', 'python3'],
  ruby: ['rb'],
  rust: ['rs'],
  sql: ['sqlite', 'mysql', 'postgresql'],
  typescript: ['ts', 'tsx', 'mts', 'cts'],
  xml: ['html', 'xhtml', 'svg', 'rss'],
  yaml: ['yml'],
} as const

export type CodeLanguage = keyof typeof NAMES

export const CODE_LANGUAGES = Object.keys(NAMES) as readonly CodeLanguage[]

const BY_NAME: ReadonlyMap<string, CodeLanguage> = new Map(
  CODE_LANGUAGES.flatMap((language) =>
    [language, ...NAMES[language]].map((name) => [name, language] as const),
  ),
)

/** The language by the name behind a fence, if it is known here. */
export function codeLanguageOf(name: string): CodeLanguage | undefined {
  return BY_NAME.get(name.toLowerCase())
}
