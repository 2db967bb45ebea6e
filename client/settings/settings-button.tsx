import { useSignal } from '@preact/signals'
import { t } from '../i18n/strings.ts'
import { SettingsHost } from './settings-host.tsx'

export function SettingsButton() {
  const isOpen = useSignal(false)
  return (
    <>
      <button
        type="button"
        class="button"
        aria-haspopup="dialog"
        onClick={() => {
          isOpen.value = true
        }}
      >
        {t.door.home.settings}
      </button>
      {isOpen.value && (
        <SettingsHost
          onClose={() => {
            isOpen.value = false
          }}
        />
      )}
    </>
  )
}
