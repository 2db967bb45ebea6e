import type { DoorStrings } from './en/door.ts'
import type { InsideStrings } from './en/room.ts'

export type Strings = DoorStrings & InsideStrings

/**
 * The words of the language in use. Those of the door are there before anything is drawn, those behind it before anything
 * that says them is loaded.
 */
export let t: Strings

export function speak(words: DoorStrings | InsideStrings): void {
  t = { ...t, ...words }
}
