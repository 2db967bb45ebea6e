import type { AttentionStrings } from './en/notifications.ts'

/** The words about being called, sharing and a new version, in the language in use; loaded together with what says them. */
export let a: AttentionStrings

export function speakOfAttention(words: AttentionStrings): void {
  a = words
}
