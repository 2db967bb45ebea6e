import { signal } from '@preact/signals'

const words = signal('')

/** Announces a text once to screen readers. The answer removes it again, if it still stands. */
export function announce(text: string): () => void {
  // Screen readers speak only changes, so the same text needs an empty moment before it.
  const spoken = text === words.peek() ? `${text}\u00a0` : text
  words.value = spoken
  return () => {
    if (words.peek() === spoken) words.value = ''
  }
}

export function Announcer() {
  return (
    <div class="visually-hidden" aria-live="polite" aria-atomic="true" data-announcer>
      {words.value}
    </div>
  )
}
