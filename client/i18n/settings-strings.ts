import type { SettingsStrings } from './en/settings.ts'

/** The words of the settings, in the language in use; loaded together with these. */
export let s: SettingsStrings

export function speakOfSettings(words: SettingsStrings): void {
  s = words
}
