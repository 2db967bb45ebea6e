import type { HouseStrings } from './en/moderation.ts'

/** The words of the dialogs about a room, in the language in use; loaded together with these. */
export let h: HouseStrings

export function speakOfHouse(words: HouseStrings): void {
  h = words
}
