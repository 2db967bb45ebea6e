import { useSignal } from '@preact/signals'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { isGeneratedId } from '../../src/protocol/names.ts'
import { announce } from '../parts/announcer.tsx'
import { Icon } from '../parts/icon.tsx'
import { t } from '../strings/strings.ts'
import { snippetOf } from '../text/snippet.ts'
import { parseTyped, type Typed } from './commands.ts'
import { Help } from './help.tsx'
import { useRoom } from './room-context.ts'

/** The length that is left is worth showing from here on. */
const LEFT_SHOWN_BELOW = 400
/** What browsers report for a key that an input method is still using. */
const IME_KEY_CODE = 229

export function Composer() {
  const { room, deeds, companion, bodyLimit, session, follow, invite } = useRoom()
  const area = useRef<HTMLTextAreaElement>(null)
  const complaint = useSignal('')
  const helpShown = useSignal(false)
  const field = deeds.text.value
  const aim = deeds.aim.value
  const text = field.value
  const addressee = companion.value ?? (isGeneratedId(room) ? undefined : room)
  const placeholder = addressee === undefined ? t.composer.placeholder : t.composer.placeholderTo(addressee)
  const typed = read(text)
  const left = bodyLimit.value - (typed.kind === 'message' ? typed.body.length : 0)
  const sendable = text.trim() !== '' && left >= 0

  useLayoutEffect(() => growToFit(area.current), [text])
  useEffect(() => {
    if (aim || !isTouch()) area.current?.focus()
  }, [aim?.kind, aim?.message.seq])

  /** A change of a message is its new text, whatever it begins with. */
  function read(words: string): Typed {
    return aim?.kind === 'edit' ? { kind: 'message', body: words.trim() } : parseTyped(words)
  }

  async function send() {
    if (!sendable) return
    area.current?.focus()
    if (typed.kind === 'refused') {
      return complain(t.composer.refused[typed.why](typed.command))
    }
    if (field.peek() === text) field.value = ''
    complaint.value = ''
    try {
      await carryOut(typed)
    } catch {
      complain(t.composer.notKept)
      if (field.peek() === '') field.value = text
    }
  }

  function complain(words: string) {
    complaint.value = words
    announce(words)
  }

  async function carryOut(typed: Exclude<Typed, { kind: 'refused' }>): Promise<void> {
    switch (typed.kind) {
      case 'message':
        if (aim?.kind !== 'edit') follow.toPresent()
        return deeds.say(typed.body)
      case 'topic':
        return session.setTopic(typed.topic)
      case 'rename':
        return session.rename(typed.username)
      case 'invite':
        return invite(typed.username)
      case 'help':
        helpShown.value = true
        return
      default:
        return typed satisfies never
    }
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.isComposing || event.keyCode === IME_KEY_CODE) return
    const isPlain = !(event.shiftKey || event.ctrlKey || event.metaKey || event.altKey)
    if (event.key === 'ArrowUp' && isPlain && text === '' && deeds.editNewest()) return event.preventDefault()
    if (event.key === 'Escape' && aim) return deeds.cancel()
    if (event.key !== 'Enter') return
    const asked = event.ctrlKey || event.metaKey
    if (!asked && (event.shiftKey || isTouch())) return
    event.preventDefault()
    send()
  }

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {aim && (
        <p class="composer__aim">
          <span class="composer__aim-kind">
            {aim.kind === 'edit' ? t.composer.editing : t.composer.replying(aim.message.username)}
          </span>
          <span class="composer__aim-text" dir="auto">
            {snippetOf(aim.message.body)}
          </span>
          <button
            type="button"
            class="composer__cancel"
            aria-label={t.composer.cancel}
            onClick={() => {
              deeds.cancel()
              area.current?.focus()
            }}
          >
            <Icon name="close" />
          </button>
        </p>
      )}
      <div class="composer__box">
        <textarea
          ref={area}
          class="composer__field"
          rows={1}
          dir="auto"
          aria-label={t.composer.label}
          aria-describedby="composer-left"
          placeholder={placeholder}
          enterkeyhint={isTouch() ? 'enter' : 'send'}
          autocomplete="off"
          value={text}
          onInput={({ currentTarget }) => {
            field.value = currentTarget.value
            complaint.value = ''
            const now = read(currentTarget.value)
            if (now.kind === 'message' && now.body !== '') session.typing()
          }}
          onKeyDown={onKeyDown}
        />
        <button type="submit" class="composer__send" aria-label={t.composer.send} aria-disabled={!sendable}>
          <Icon name="send" />
        </button>
      </div>
      <p id="composer-left" class={left < 0 ? 'composer__left composer__left--over' : 'composer__left'}>
        {complaint.value || lengthLeft(left)}
      </p>
      {helpShown.value && (
        <Help
          onClose={() => {
            helpShown.value = false
          }}
        />
      )}
    </form>
  )
}

function lengthLeft(left: number): string {
  if (left < 0) return t.composer.over(-left)
  return left < LEFT_SHOWN_BELOW ? t.composer.left(left) : ''
}

function isTouch(): boolean {
  return matchMedia('(pointer: coarse)').matches
}

/** Where `field-sizing: content` is not known, the height is set by hand. */
function growToFit(field: HTMLTextAreaElement | null) {
  if (!field || CSS.supports('field-sizing', 'content')) return
  field.style.height = 'auto'
  field.style.height = `${field.scrollHeight}px`
}
