import type { Signal } from '@preact/signals'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { isTouch } from '../../ui/is-touch.ts'
import type { ComposerTarget } from './composer-target.ts'

interface Caret {
  text: Signal<string>
  target: ComposerTarget | undefined
  /** Hears of the text and the caret after each change; `caret` is undefined where there is none. */
  onMove(text: string, caret: number | undefined): void
}

export type TextWithCaret = { text: string; caret: number }

/** The composer's field: its height, its focus, and where its caret goes when the page writes into it. */
export function useCaret({ text, target, onMove }: Caret) {
  const field = useRef<HTMLTextAreaElement>(null)
  /** Where the caret goes once the text is drawn. */
  const next = useRef<number>(undefined)

  useLayoutEffect(() => {
    growToFit(field.current)
    if (next.current !== undefined) field.current?.setSelectionRange(next.current, next.current)
    next.current = undefined
    if (document.activeElement === field.current) look()
    else leave()
  }, [text.value])

  useEffect(() => {
    // After an edit was sent, the focus stays where the person has moved it meanwhile.
    const isElsewhere = document.activeElement?.matches(':not(body, .composer *)')
    if (target || (!isTouch() && !isElsewhere)) focus()
  }, [target?.kind, target?.message.seq])

  function look(): void {
    const { value, selectionStart, selectionEnd } = field.current ?? {}
    if (value === undefined) return
    onMove(value, selectionStart === selectionEnd ? selectionStart : undefined)
  }

  function leave(): void {
    onMove(text.peek(), undefined)
  }

  function focus(): void {
    field.current?.focus()
  }

  function put(now: TextWithCaret): void {
    next.current = now.caret
    text.value = now.text
  }

  return {
    field,
    /** Call when the caret may have moved. */
    look,
    /** Call when the field has no caret any more. */
    leave,
    focus,
    put,
    /** Puts a sign in place of the selection. */
    insert(sign: string): void {
      const before = text.peek()
      const { selectionStart: from = before.length, selectionEnd: to = from } = field.current ?? {}
      put({ text: before.slice(0, from) + sign + before.slice(to), caret: from + sign.length })
      // While a dialog is open, nothing beside it takes the focus.
      requestAnimationFrame(focus)
    },
  }
}

/** Sets the height by hand in browsers without `field-sizing: content`. */
function growToFit(field: HTMLTextAreaElement | null): void {
  if (!field || CSS.supports('field-sizing', 'content')) return
  field.style.height = 'auto'
  field.style.height = `${field.scrollHeight}px`
}
