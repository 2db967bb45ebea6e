import '../styles/device.css'
import { useSignal } from '@preact/signals'
import { i } from '../i18n/identity-strings.ts'
import { t } from '../i18n/strings.ts'
import { QrHost } from '../share/qr-host.tsx'
import { useCopying } from '../ui/copying.ts'
import { Icon } from '../ui/icon.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { createTransferLink, signOut } from './device-transfer.ts'

/** Who one is in this browser: taking it along to another device, and leaving it behind. */
export function DeviceSheet({ onClose }: { onClose(): void }) {
  return (
    <Sheet title={i.title} onClose={onClose}>
      <p>{i.text}</p>
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
      <h3>{i.move}</h3>
      <p class="device__more">{i.moveMore}</p>
      {url.value === '' ? (
        <button type="button" class="button" onClick={make}>
          {i.makeLink}
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
  const { copied, copy } = useCopying(url, { copied: t.invite.copied, byHand: t.invite.copyByHand })
  return (
    <>
      <label class="field__label" for="device-link">
        {i.made}
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
        <button type="button" class="button" aria-label={t.invite.copy} onClick={copy}>
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
    // All that this page still remembers goes with it.
    if (done.ok) location.replace('/')
  }

  return (
    <section class="device">
      <h3>{i.signOut}</h3>
      <p class="device__more">{i.signOutMore}</p>
      <div class="device__next">
        {isAsked.value ? (
          <>
            <button type="button" class="button button--grave" onClick={go}>
              {i.signOutSure}
            </button>
            <button
              type="button"
              class="button"
              onClick={() => {
                isAsked.value = false
              }}
            >
              {i.no}
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
            {i.signOut}
          </button>
        )}
      </div>
      <p class="field__problem" role="alert">
        {problem.value}
      </p>
    </section>
  )
}
