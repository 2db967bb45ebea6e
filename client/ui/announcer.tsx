import { signal } from '@preact/signals'

const words = signal('')

/** Says something once to those who listen rather than look. Answers what takes it off the page, if it still stands. */
export function announce(text: string): () => void {
  // The same words twice would be no change, and no change is not spoken.
  const said = text === words.peek() ? `${text}\u00a0` : text
  words.value = said
  return () => {
    if (words.peek() === said) words.value = ''
  }
}

export function Announcer() {
  return (
    <div class="visually-hidden" aria-live="polite" aria-atomic="true" data-announcer>
      {words.value}
    </div>
  )
}
