import { t } from '../i18n/strings.ts'

/** The product's name, and the link to the front page. */
export function Wordmark() {
  return (
    <a class="wordmark" href="/">
      <svg class="wordmark__door" viewBox="0 0 14 22" aria-hidden="true">
        <path class="wordmark__light" d="M1 21V2a1 1 0 0 1 1-1h10a1 1 0 0 1 1 1v19z" />
        <path class="wordmark__leaf" d="M1 21V1.5l7 2.5v17z" />
      </svg>
      {t.door.product}
    </a>
  )
}
