import { useSignal } from '@preact/signals'
import { EmojiSheet } from '../../emoji/emoji-sheet.tsx'
import { t } from '../../i18n/strings.ts'
import { isComposing } from '../../ui/composing.ts'
import { Icon } from '../../ui/icon.tsx'
import { isTouch } from '../../ui/is-touch.ts'
import { lazy } from '../../ui/lazy.tsx'
import { useRoom } from '../room-context.ts'
import { CompletionList, completionAria } from './completion/completion-list.tsx'
import { useRoomCompletion } from './completion/use-room-completion.ts'
import { ComposerHint } from './composer-hint.tsx'
import { ComposerTargetLine } from './composer-target-line.tsx'
import { placeholderFor } from './placeholder.ts'
import { type TextWithCaret, useCaret } from './use-caret.ts'
import { useQuestionMark } from './use-question-mark.ts'
import { useSending } from './use-sending.ts'

const Help = lazy(async () => (await import(/* @offline */ './help.tsx')).Help)
const HINT = 'composer-left'

export function Composer() {
  const { room, session, info, composer } = useRoom()
  const isHelpOpen = useSignal(false)
  useQuestionMark(isHelpOpen)
  const isEmojiOpen = useSignal(false)
  const completion = useRoomCompletion()
  const text = composer.field.value
  const target = composer.target.value
  const caret = useCaret({ text, target, onMove: completion.update })
  const { problem, charactersLeft, canSend, parse, send } = useSending({
    focus: caret.focus,
    showHelp() {
      isHelpOpen.value = true
    },
  })

  function complete(chosen: TextWithCaret | undefined): void {
    if (!chosen) return
    caret.put(chosen)
    problem.value = ''
  }

  /** Answers whether the list above the field took the key. */
  function moveInList({ key }: KeyboardEvent): boolean {
    if (completion.options.peek().length === 0) return false
    if (key === 'ArrowUp' || key === 'ArrowDown') completion.move(key === 'ArrowUp' ? -1 : 1)
    else if (key === 'Enter' || key === 'Tab') complete(completion.choose())
    else if (key === 'Escape') completion.close()
    else return false
    return true
  }

  function onKeyDown(event: KeyboardEvent) {
    if (isComposing(event)) return
    const { key, shiftKey, ctrlKey, metaKey, altKey } = event
    const isPlain = !(shiftKey || ctrlKey || metaKey || altKey)
    if (isPlain && moveInList(event)) return event.preventDefault()
    if (key === 'ArrowUp' && isPlain && text.peek() === '' && composer.editNewest())
      return event.preventDefault()
    if (key === 'Escape' && target) return composer.cancel()
    if (key !== 'Enter' || (!ctrlKey && !metaKey && (shiftKey || isTouch()))) return
    event.preventDefault()
    send()
  }

  function onInput({
    currentTarget: { value },
    isComposing,
  }: InputEvent & { currentTarget: HTMLTextAreaElement }) {
    text.value = value
    if (isComposing) caret.leave()
    else caret.look()
    problem.value = ''
    const input = parse(value)
    if (input.kind === 'message' && input.body !== '') session.typing()
  }

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {target && (
        <ComposerTargetLine
          target={target}
          cancel={() => {
            composer.cancel()
            caret.focus()
          }}
        />
      )}
      <div class="composer__box">
        <CompletionList completion={completion} choose={(index) => complete(completion.choose(index))} />
        <textarea
          ref={caret.field}
          class="composer__field"
          rows={1}
          dir="auto"
          aria-label={t.room.composer.label}
          aria-describedby={HINT}
          placeholder={placeholderFor(room, info.companion.value)}
          enterkeyhint={isTouch() ? 'enter' : 'send'}
          autocapitalize="sentences"
          autocomplete="off"
          value={text.value}
          {...completionAria(completion)}
          onSelect={caret.look}
          onBlur={caret.leave}
          onInput={onInput}
          onKeyDown={onKeyDown}
        />
        <button
          type="button"
          class="composer__emoji"
          aria-label={t.room.emoji.open}
          aria-haspopup="dialog"
          onClick={() => {
            isEmojiOpen.value = true
          }}
        >
          <Icon name="smile" />
        </button>
        <button
          type="submit"
          class="composer__send"
          aria-label={t.room.composer.send}
          aria-disabled={!canSend}
        >
          <Icon name="send" />
        </button>
      </div>
      <ComposerHint id={HINT} problem={problem.value} left={charactersLeft} />
      {isEmojiOpen.value && (
        <EmojiSheet
          title={t.room.emoji.open}
          onPick={(emoji) => {
            isEmojiOpen.value = false
            caret.insert(emoji)
            problem.value = ''
          }}
          onClose={() => {
            isEmojiOpen.value = false
          }}
        />
      )}
      {isHelpOpen.value && (
        <Help
          onClose={() => {
            isHelpOpen.value = false
          }}
        />
      )}
    </form>
  )
}
