import type { IdentityStrings } from './identity-en.ts'

/** The words about who one is on which device, in the language in use; loaded together with what says them. */
export let i: IdentityStrings

export function speakOfIdentity(words: IdentityStrings): void {
  i = words
}
