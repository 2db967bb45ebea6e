import { batch, computed, useSignal } from '@preact/signals'
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import { isGeneratedId } from '../../../src/protocol/names.ts'
import { EmojiSheet } from '../../emoji/emoji-sheet.tsx'
import { momentName } from '../../i18n/dates.ts'
import { t } from '../../i18n/strings.ts'
import { snippetOf } from '../../markdown/snippet.ts'
import { announce } from '../../ui/announcer.tsx'
import { isComposing } from '../../ui/composing.ts'
import { Icon } from '../../ui/icon.tsx'
import { useRoom } from '../room-context.ts'
import { parseTyped, type Typed } from './commands.ts'
import { createCompleting } from './completion/completion.ts'
import { ariaOf, CompletionList } from './completion/completion-list.tsx'
import { Help } from './help.tsx'
import type { PostingRestriction } from './posting-restriction.ts'
import { useQuestionMark } from './use-question-mark.ts'

/** The length that is left is worth showing from here on. */
const LEFT_SHOWN_BELOW = 400

/** A longer name would be cut off in the field of a phone, any name in a smaller one, and a field shows no sign of it. */
const LONGEST_NAMED = 16
const NARROWEST_NAMED = 360

export function Composer() {
  const { room, draft, deeds, companion, bodyLimit, session, follow, invite, knownNames, selfName, hush } =
    useRoom()
  const area = useRef<HTMLTextAreaElement>(null)
  const complaint = useSignal('')
  const helpShown = useSignal(false)
  useQuestionMark(helpShown)
  const emojiShown = useSignal(false)
  /** Where the caret goes once the text is drawn. */
  const caret = useRef<number>(undefined)
  const completing = useMemo(
    () =>
      createCompleting({
        names: computed(() => knownNames.value.filter((name) => name !== selfName.value)),
        commands: t.help.lines.flatMap(([typed = '', does = '']) =>
          typed.startsWith('/') ? [[typed.split(' ', 1).join(), does] as const] : [],
        ),
        loadEmoji: async () => (await import('../../emoji/emoji-list.ts')).EMOJI,
      }),
    [knownNames, selfName],
  )
  const field = deeds.text.value
  const aim = deeds.aim.value
  const text = field.value
  const addressee = companion.value ?? (isGeneratedId(room) ? undefined : room)
  const placeholder =
    addressee === undefined || addressee.length > LONGEST_NAMED || innerWidth < NARROWEST_NAMED
      ? t.composer.placeholder
      : t.composer.placeholderTo(addressee)
  const typed = read(text)
  const left = bodyLimit.value - (typed.kind === 'message' ? typed.body.length : 0)
  const kindOfLeft = complaint.value ? ' composer__left--said' : left < 0 ? ' composer__left--over' : ''
  const sendable = text.trim() !== '' && left >= 0

  useLayoutEffect(() => {
    growToFit(area.current)
    if (caret.current !== undefined) area.current?.setSelectionRange(caret.current, caret.current)
    caret.current = undefined
    if (document.activeElement !== area.current) completing.read(text, undefined)
    else lookAtCaret()
  }, [text])
  useEffect(() => {
    // Whoever has gone on before their change was through stays where they are.
    const isElsewhere = document.activeElement?.matches(':not(body, .composer *)')
    if (aim || (!isTouch() && !isElsewhere)) area.current?.focus()
  }, [aim?.kind, aim?.message.seq])

  /** A change of a message is its new text, whatever it begins with. */
  function read(words: string): Typed {
    return aim?.kind === 'edit' ? { kind: 'message', body: words.trim() } : parseTyped(words)
  }

  function lookAtCaret() {
    const { value, selectionStart, selectionEnd } = area.current ?? {}
    if (value === undefined) return
    completing.read(value, selectionStart === selectionEnd ? selectionStart : undefined)
  }

  function write(now: { text: string; caret: number } | undefined) {
    if (!now) return
    caret.current = now.caret
    field.value = now.text
    complaint.value = ''
  }

  function putEmoji(sign: string) {
    emojiShown.value = false
    const { selectionStart: from = text.length, selectionEnd: to = from } = area.current ?? {}
    write({ text: text.slice(0, from) + sign + text.slice(to), caret: from + sign.length })
    // While the dialog is there, nothing beside it takes the focus.
    requestAnimationFrame(() => area.current?.focus())
  }

  /** Answers whether the list above took the key. */
  function choosing({ key }: KeyboardEvent): boolean {
    if (completing.choices.peek().length === 0) return false
    if (key === 'ArrowUp' || key === 'ArrowDown') completing.move(key === 'ArrowUp' ? -1 : 1)
    else if (key === 'Enter' || key === 'Tab') write(completing.choose())
    else if (key === 'Escape') completing.close()
    else return false
    return true
  }

  async function send() {
    if (!sendable) return
    area.current?.focus()
    if (typed.kind === 'refused') {
      return complain(t.composer.refused[typed.why](typed.command))
    }
    const now = hush.peek()
    // It stands below the field already.
    if (now && isHushed(now, typed)) return announce(hushWords(now))
    const stored = batch(() => {
      if (field.peek() === text) field.value = ''
      // The page may end before it is.
      return aim?.kind === 'edit' ? undefined : draft.hold(text)
    })
    complaint.value = ''
    try {
      await carryOut(typed)
    } catch {
      complain(t.composer.notKept)
      if (field.peek() === '') field.value = text
    }
    stored?.()
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
    if (isComposing(event)) return
    const isPlain = !(event.shiftKey || event.ctrlKey || event.metaKey || event.altKey)
    if (isPlain && choosing(event)) return event.preventDefault()
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
        <CompletionList completing={completing} choose={(index) => write(completing.choose(index))} />
        <textarea
          ref={area}
          class="composer__field"
          rows={1}
          dir="auto"
          aria-label={t.composer.label}
          aria-describedby="composer-left"
          placeholder={placeholder}
          enterkeyhint={isTouch() ? 'enter' : 'send'}
          autocapitalize="sentences"
          autocomplete="off"
          value={text}
          {...ariaOf(completing)}
          onSelect={lookAtCaret}
          onBlur={() => completing.read(text, undefined)}
          onInput={(event) => {
            const { currentTarget, isComposing } = event
            field.value = currentTarget.value
            if (isComposing) completing.read(currentTarget.value, undefined)
            else lookAtCaret()
            complaint.value = ''
            const now = read(currentTarget.value)
            if (now.kind === 'message' && now.body !== '') session.typing()
          }}
          onKeyDown={onKeyDown}
        />
        <button
          type="button"
          class="composer__emoji"
          aria-label={t.emoji.open}
          aria-haspopup="dialog"
          onClick={() => {
            emojiShown.value = true
          }}
        >
          <Icon name="smile" />
        </button>
        <button type="submit" class="composer__send" aria-label={t.composer.send} aria-disabled={!sendable}>
          <Icon name="send" />
        </button>
      </div>
      <p id="composer-left" class={`composer__left${kindOfLeft}`}>
        {complaint.value || lengthLeft(left) || (hush.value && hushWords(hush.value))}
      </p>
      {emojiShown.value && (
        <EmojiSheet
          title={t.emoji.open}
          onPick={putEmoji}
          onClose={() => {
            emojiShown.value = false
          }}
        />
      )}
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

/** What is sent in a room that is slowed down waits; to ask for anything else is nobody kept from. */
function isHushed({ kind }: PostingRestriction, typed: Typed): boolean {
  const isSaid = typed.kind === 'message' || typed.kind === 'topic'
  // Nor does whoever is muted take another name.
  return kind === 'muted' ? isSaid || typed.kind === 'rename' : kind === 'reader' && isSaid
}

function hushWords(hush: PostingRestriction): string {
  const { reader, slow, waits } = t.composer.hush
  if (hush.kind === 'reader') return reader
  if (hush.kind === 'muted') return t.timeline.mutedUntil(momentName(hush.until, Date.now()))
  return (hush.isWaiting ? waits : slow)(hush.seconds)
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
