import '../styles/device.css'
import { useSignal } from '@preact/signals'
import { t } from '../i18n/strings.ts'
import { QrHost } from '../share/qr-host.tsx'
import { useCopying } from '../ui/copying.ts'
import { Icon } from '../ui/icon.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { createTransferLink, signOut } from './device-transfer.ts'

/** The identity in this browser: transfer it to another device, or sign out. */
export function DeviceSheet({ onClose }: { onClose(): void }) {
  return (
    <Sheet title={t.identity.title} onClose={onClose}>
      <p>{t.identity.text}</p>
      <Move />
      <SignOut />
    </Sheet>
  )
}

function Move() {
  const url = useSignal('')
  const problem = useSignal('')

  async function make() {
    const made = await createTransferLink()
    problem.value = made.ok ? '' : made.words
    if (made.ok) url.value = made.value
  }

  return (
    <section class="device">
      <h3>{t.identity.transfer}</h3>
      <p class="device__more">{t.identity.transferMore}</p>
      {url.value === '' ? (
        <button type="button" class="button" onClick={make}>
          {t.identity.makeLink}
        </button>
      ) : (
        <MadeLink url={url.value} />
      )}
      <p class="field__problem" role="alert">
        {problem.value}
      </p>
    </section>
  )
}

function MadeLink({ url }: { url: string }) {
  const { copied, copy } = useCopying(url, { copied: t.room.invite.copied, byHand: t.room.invite.copyByHand })
  return (
    <>
      <label class="field__label" for="device-link">
        {t.identity.made}
      </label>
      <div class="device__link">
        <input
          id="device-link"
          class="field"
          readOnly
          dir="ltr"
          value={url}
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
        <button type="button" class="button" aria-label={t.room.invite.copy} onClick={copy}>
          <Icon name={copied.value ? 'check' : 'copy'} />
        </button>
      </div>
      <QrHost text={url} />
    </>
  )
}

function SignOut() {
  const isAsked = useSignal(false)
  const problem = useSignal('')

  async function go() {
    const done = await signOut()
    problem.value = done.ok ? '' : done.words
  }

  return (
    <section class="device">
      <h3>{t.identity.signOut}</h3>
      <p class="device__more">{t.identity.signOutMore}</p>
      <div class="device__buttons">
        {isAsked.value ? (
          <>
            <button type="button" class="button button--danger" onClick={go}>
              {t.identity.signOutConfirm}
            </button>
            <button
              type="button"
              class="button"
              onClick={() => {
                isAsked.value = false
              }}
            >
              {t.identity.cancel}
            </button>
          </>
        ) : (
          <button
            type="button"
            class="button"
            onClick={() => {
              isAsked.value = true
            }}
          >
            {t.identity.signOut}
          </button>
        )}
      </div>
      <p class="field__problem" role="alert">
        {problem.value}
      </p>
    </section>
  )
}
