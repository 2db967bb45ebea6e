import { signal } from '@preact/signals'

const words = signal('')

/** Says something once to those who listen rather than look. */
export function announce(text: string) {
  // The same words twice would be no change, and no change is not spoken.
  words.value = text === words.peek() ? `${text}\u00a0` : text
}

export function Announcer() {
  return (
    <div class="unseen" aria-live="polite" aria-atomic="true" data-announcer>
      {words.value}
    </div>
  )
}
