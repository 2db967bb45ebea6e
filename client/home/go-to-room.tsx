import { useSignal } from '@preact/signals'
import { DEFAULT_ROOM, roomPath } from '../../src/protocol/names.ts'
import { parseRoomAddress } from '../../src/protocol/room-address.ts'
import { t } from '../i18n/strings.ts'
import { go } from '../routing/router.ts'

/** Opens a room by its name, which is the end of its address, or by its link. */
export function GoToRoom() {
  const typed = useSignal(DEFAULT_ROOM)
  const invalid = useSignal(false)

  function submit(event: Event) {
    event.preventDefault()
    const found = parseRoomAddress(typed.value, location.host)
    invalid.value = !found
    if (found) go(roomPath(found.room) + found.fragment)
  }

  return (
    <form class="go-to-room" onSubmit={submit} noValidate>
      <label class="field__label" for="go-room">
        {t.door.home.roomField}
      </label>
      <div class="go-to-room__row">
        <span class="go-to-room__address">
          <span class="go-to-room__prefix" aria-hidden="true">
            <span class="go-to-room__host">{location.host}</span>/r/
          </span>
          <input
            id="go-room"
            class="go-to-room__field"
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            dir="ltr"
            inputMode="url"
            enterkeyhint="go"
            aria-invalid={invalid.value}
            aria-describedby="go-problem"
            value={typed.value}
            onInput={({ currentTarget }) => {
              typed.value = currentTarget.value
              invalid.value = false
            }}
          />
        </span>
        <button type="submit" class="button">
          {t.door.home.go}
        </button>
      </div>
      <p id="go-problem" class="field__problem" role="alert">
        {invalid.value && t.door.home.roomInvalid}
      </p>
    </form>
  )
}
