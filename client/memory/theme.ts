import { readKept } from './kept.ts'

/** The theme a person chose here; none means the system's. */
export function keptTheme(): 'light' | 'dark' | undefined {
  const theme = readKept('theme')
  return theme === 'light' || theme === 'dark' ? theme : undefined
}
