import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { LIMITS } from '../../src/protocol/limits.ts'
import { t } from '../i18n/strings.ts'
import { DoorDrawing } from '../ui/door-drawing.tsx'
import { Wordmark } from '../ui/wordmark.tsx'
import type { Entrance } from './entrance.ts'
import { RoomFactsLines } from './room-facts-lines.tsx'

/** The entrance of a room: what it is, a field for the name, and a button. */
export function JoinCard({ entrance }: { entrance: Entrance }) {
  const { facts, username, nameProblem, entering, waiting, enter } = entrance
  const typed = useSignal(username.peek())
  const invalid = useSignal(false)
  const field = useRef<HTMLInputElement>(null)
  const refused = nameProblem.value
  const problem = invalid.value ? t.door.join.nameInvalid : refused && reasonOf(refused.code, refused.message)

  useEffect(() => field.current?.focus(), [refused])

  function take(name: string) {
    typed.value = name
    enter(name)
  }

  async function submit(event: Event) {
    event.preventDefault()
    const name = await nameIn(typed.value)
    invalid.value = name === undefined
    if (name === undefined) field.current?.focus()
    else if (!entering.value) enter(name)
  }

  return (
    <div class="message-page">
      <header class="message-page__top">
        <Wordmark />
      </header>
      <main class="message-page__main join">
        <DoorDrawing state="ajar" />
        <h1 dir="auto">{titleOf(entrance)}</h1>
        <RoomFactsLines answer={facts.value} />
        <form class="join__form" onSubmit={submit} noValidate>
          <label class="field__label" for="join-name">
            {t.door.join.field}
          </label>
          <div class="join__row">
            <input
              ref={field}
              id="join-name"
              class="field"
              name="nickname"
              autocomplete="nickname"
              autocapitalize="words"
              spellcheck={false}
              dir="auto"
              maxLength={LIMITS.usernameLength}
              enterkeyhint="go"
              aria-invalid={problem !== undefined}
              aria-describedby="join-problem"
              value={typed.value}
              onInput={({ currentTarget }) => {
                typed.value = currentTarget.value
                invalid.value = false
              }}
            />
            <button type="submit" class="button button--primary" aria-disabled={entering.value}>
              {entering.value ? t.door.join.joining : t.door.join.join}
            </button>
          </div>
          <p id="join-problem" class="field__problem" role="alert">
            {problem}
          </p>
          {refused?.suggestion && !invalid.value && (
            <button type="button" class="button" onClick={() => take(refused.suggestion ?? '')}>
              {t.door.join.joinAs(refused.suggestion)}
            </button>
          )}
          {entering.value && waiting.value && (
            <p class="join__waiting" role="status">
              {t.door.join.waiting[waiting.value]}
            </p>
          )}
        </form>
      </main>
    </div>
  )
}

/** The room needs this module, too: a visitor without it cannot enter, and is told so. */
async function nameIn(text: string): Promise<string | undefined> {
  const loaded = await import(/* @offline */ '../../src/protocol/username.ts').catch(() => undefined)
  return loaded ? loaded.typedUsername(text) : text
}

/** A private room without a remembered companion has only an id for a name. */
function titleOf({ title, isKnown, facts }: Entrance): string {
  const isPrivate = facts.value?.kind === 'facts' && facts.value.facts.access === 'private'
  return isPrivate && !isKnown ? t.door.room.private : title.value
}

function reasonOf(code: string, message: string): string {
  if (code === 'name-taken') return t.door.join.nameTaken
  // An invalid name is never sent, so this one is reserved.
  return code === 'name-invalid' ? t.door.join.nameReserved : message
}
