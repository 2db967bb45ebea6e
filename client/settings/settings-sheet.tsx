import '../styles/device.css'
import '../styles/moderation.css'
import { useSignal } from '@preact/signals'
import { LIMITS } from '../../src/protocol/limits.ts'
import { typedUsername } from '../../src/protocol/username.ts'
import { LANGUAGE_NAMES, LANGUAGES } from '../i18n/page-languages.ts'
import { t } from '../i18n/strings.ts'
import { DeviceSheet } from '../identity/device-sheet.tsx'
import { NotificationWays } from '../notifications/notification-level-choice.tsx'
import { chosenLanguage, saveLanguage } from '../storage/chosen-language.ts'
import { chosenTheme, saveTheme } from '../storage/chosen-theme.ts'
import { saveUsualName, usualName } from '../storage/recent-rooms.ts'
import { Checkbox, FormField, RadioChoice } from '../ui/form-fields.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { DeleteAllPart } from './delete-all-part.tsx'
import type { SettingsProps } from './settings-host.tsx'

/** A person's settings in this browser. */
export function SettingsSheet({ onClose, blocked, unblock, strangers }: SettingsProps) {
  const isAboutDevice = useSignal(false)
  if (isAboutDevice.value) return <DeviceSheet onClose={onClose} />
  return (
    <Sheet title={t.settings.title} onClose={onClose}>
      <div class="settings">
        <UsualName />
        <Theme />
        <LanguageChoice />
        <section class="device notifications">
          <h3>{t.notifications.title}</h3>
          <NotificationWays />
        </section>
        {blocked && unblock && (
          <section class="device">
            <h3>{t.settings.blocked}</h3>
            {blocked.length === 0 && <p class="device__more">{t.settings.nobodyBlocked}</p>}
            {blocked.map(({ by, username }) => (
              <button key={by} type="button" class="button" onClick={() => unblock(by, username)}>
                {t.room.moderation.unblock(username)}
              </button>
            ))}
          </section>
        )}
        {strangers && (
          <section class="device">
            <Checkbox
              label={t.settings.refuseStrangers}
              checked={strangers.isRefused}
              onTick={strangers.refuse}
            />
            <p class="device__more">{t.settings.refuseStrangersMore}</p>
          </section>
        )}
        <section class="device">
          <h3>{t.settings.device}</h3>
          <p class="device__more">{t.settings.deviceMore}</p>
          <button
            type="button"
            class="button"
            onClick={() => {
              isAboutDevice.value = true
            }}
          >
            {t.settings.device}
          </button>
        </section>
        <DeleteAllPart />
      </div>
    </Sheet>
  )
}

function UsualName() {
  const typed = useSignal(usualName())
  const told = useSignal('')
  const problem = useSignal('')

  function save(event: Event) {
    event.preventDefault()
    const name = typedUsername(typed.value)
    problem.value = name === undefined ? t.door.join.nameInvalid : ''
    told.value = name === undefined ? '' : t.settings.saved
    if (name !== undefined) saveUsualName(name)
  }

  return (
    <form onSubmit={save} noValidate>
      <FormField label={t.settings.name} more={t.settings.nameMore}>
        {(id) => (
          <div class="device__link">
            <input
              id={id}
              class="field"
              autocomplete="nickname"
              dir="auto"
              maxLength={LIMITS.usernameLength}
              aria-describedby={`${id}-more`}
              value={typed.value}
              onInput={({ currentTarget }) => {
                typed.value = currentTarget.value
                told.value = ''
              }}
            />
            <button type="submit" class="button">
              {t.settings.save}
            </button>
          </div>
        )}
      </FormField>
      <p role="status">{told.value}</p>
      <p class="field__problem" role="alert">
        {problem.value}
      </p>
    </form>
  )
}

function Theme() {
  const theme = useSignal<string>(chosenTheme() ?? 'system')
  return (
    <RadioChoice
      label={t.settings.theme}
      value={theme.value}
      options={[
        ['system', t.settings.themes.system],
        ['light', t.settings.themes.light],
        ['dark', t.settings.themes.dark],
      ]}
      onPick={(picked) => {
        theme.value = picked
        saveTheme(picked === 'light' || picked === 'dark' ? picked : undefined)
      }}
    />
  )
}

/** A new language reloads the page and keeps drafts. It takes a button: an arrow key in the list must not reload. */
function LanguageChoice() {
  const kept = chosenLanguage() ?? ''
  const picked = useSignal(kept)
  return (
    <>
      <RadioChoice
        label={t.settings.language}
        value={picked.value}
        options={[
          ['', t.settings.languageAuto],
          ...LANGUAGES.map((language) => [language, LANGUAGE_NAMES[language]] as const),
        ]}
        onPick={(language) => {
          picked.value = language
        }}
      />
      {picked.value !== kept && (
        <button
          type="button"
          class="button"
          onClick={() => {
            saveLanguage(picked.value === '' ? undefined : picked.value)
            location.reload()
          }}
        >
          {t.settings.languageUse}
        </button>
      )}
    </>
  )
}
