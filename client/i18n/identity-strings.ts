import type { IdentityStrings } from './en/identity.ts'

/** The words about who one is on which device, in the language in use; loaded together with what says them. */
export let i: IdentityStrings

export function speakOfIdentity(words: IdentityStrings): void {
  i = words
}
