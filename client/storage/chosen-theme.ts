import { readLocal, writeLocal } from './local-storage.ts'

/** The theme a person chose here; none means the system's. */
export function chosenTheme(): 'light' | 'dark' | undefined {
  const theme = readLocal('theme')
  return theme === 'light' || theme === 'dark' ? theme : undefined
}

/** Undefined goes back to the system's theme. */
export function saveTheme(theme: 'light' | 'dark' | undefined): void {
  writeLocal('theme', theme ?? '')
  if (theme === undefined) delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}
