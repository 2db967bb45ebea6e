import { keep, readKept } from './local-storage.ts'

/** The theme a person chose here; none means the system's. */
export function keptTheme(): 'light' | 'dark' | undefined {
  const theme = readKept('theme')
  return theme === 'light' || theme === 'dark' ? theme : undefined
}

/** None means the system's again. */
export function keepTheme(theme: 'light' | 'dark' | undefined): void {
  keep('theme', theme ?? '')
  if (theme === undefined) delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}
