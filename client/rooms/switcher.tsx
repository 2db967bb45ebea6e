import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { roomPath } from '../../src/protocol/names.ts'
import { t } from '../i18n/strings.ts'
import { unreadCountOf, unreadWordsOf } from '../notifications/unread-words.ts'
import { go } from '../routing/router.ts'
import { Badge } from '../ui/badge.tsx'
import { isComposing } from '../ui/composing.ts'
import { Icon } from '../ui/icon.tsx'
import { watchedRooms } from './background.ts'
import { RoomFace } from './room-rows.tsx'
import { type SwitcherOption, switcherOptionsOf } from './switcher-choices.ts'

/** Finds a room by a few letters of its name. The browser returns the focus when it closes. */
export function Switcher({ onClose }: { onClose(): void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const typed = useSignal('')
  const chosen = useSignal(0)
  const choices = switcherOptionsOf(watchedRooms.value, typed.value, location.host)
  const at = Math.min(chosen.value, choices.length - 1)

  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  useEffect(() => {
    dialog.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [at])

  function take(choice: SwitcherOption | undefined) {
    if (choice === undefined) return
    dialog.current?.close()
    go(roomPath(choice.room) + choice.fragment)
  }

  function onKeyDown(event: KeyboardEvent) {
    if (isComposing(event)) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined && choices.length > 0) {
      event.preventDefault()
      chosen.value = (at + step + choices.length) % choices.length
    } else if (event.key === 'Enter') {
      event.preventDefault()
      take(choices[at])
    }
  }

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard's way out is Escape, which a dialog knows by itself
    <dialog
      ref={dialog}
      class="switcher"
      aria-label={t.room.rooms.switch}
      onClose={onClose}
      onClick={({ target }) => target === dialog.current && dialog.current?.close()}
    >
      <div class="switcher__body">
        <input
          class="field switcher__field"
          role="combobox"
          dir="auto"
          aria-label={t.room.rooms.field}
          aria-expanded={choices.length > 0}
          aria-controls="switcher-choices"
          aria-activedescendant={choices.length > 0 ? idOf(at) : undefined}
          aria-autocomplete="list"
          placeholder={t.room.rooms.switch}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          inputMode="url"
          enterkeyhint="go"
          value={typed.value}
          onInput={({ currentTarget }) => {
            typed.value = currentTarget.value
            chosen.value = 0
          }}
          onKeyDown={onKeyDown}
        />
        <div id="switcher-choices" class="switcher__choices" role="listbox" aria-label={t.room.rooms.results}>
          {choices.map((choice, index) => (
            <Option
              key={choice.room}
              id={idOf(index)}
              choice={choice}
              isChosen={index === at}
              choose={() => {
                chosen.value = index
              }}
              take={() => take(choice)}
            />
          ))}
        </div>
        <p class="switcher__none" role="status">
          {choices.length === 0 && typed.value.trim() !== '' && t.room.rooms.invalidName}
        </p>
      </div>
    </dialog>
  )
}

interface OptionProps {
  id: string
  choice: SwitcherOption
  isChosen: boolean
  choose(): void
  take(): void
}

function Option({ id, choice, isChosen, choose, take }: OptionProps) {
  const unread = choice.kind === 'known' ? choice.listed.unread : undefined
  const name =
    choice.kind === 'new' ? t.room.rooms.goTo(choice.room) : (choice.listed.companion ?? choice.listed.title)
  const title = choice.kind === 'new' ? name : choice.listed.title
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus, and says which is chosen
    <div
      id={id}
      class="switcher__choice"
      role="option"
      aria-selected={isChosen}
      onPointerMove={choose}
      onClick={take}
    >
      <span class="visually-hidden">{unread ? t.room.rooms.row(title, unreadWordsOf(unread)) : title}</span>
      {choice.kind === 'new' ? <Icon name="search" /> : <RoomFace companion={choice.listed.companion} />}
      <span class="room-row__name" dir="auto" aria-hidden="true">
        {name}
      </span>
      {unread && <Badge count={unreadCountOf(unread)} called={unread.called} />}
    </div>
  )
}

function idOf(index: number): string {
  return `switcher-choice-${index}`
}
