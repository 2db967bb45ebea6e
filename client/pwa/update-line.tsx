import '../styles/update.css'
import { render } from 'preact'
import { t } from '../i18n/strings.ts'
import { applyUpdate } from './register.ts'

/** Offers a new version, in a line of its own that moves nothing on the page. */
export function showUpdateLine(): void {
  if (document.querySelector('.update')) return
  const place = document.createElement('div')
  place.className = 'update'
  place.setAttribute('role', 'status')
  document.body.append(place)
  render(<UpdateLine close={() => place.remove()} />, place)
}

function UpdateLine({ close }: { close(): void }) {
  return (
    <>
      <span>{t.notifications.newVersion}</span>
      <button type="button" class="button button--primary" onClick={() => applyUpdate.peek()?.()}>
        {t.notifications.reload}
      </button>
      <button type="button" class="button" onClick={close}>
        {t.notifications.later}
      </button>
    </>
  )
}
