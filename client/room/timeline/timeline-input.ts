import type { MessageActions } from '../message-actions.ts'
import { createLongPress } from './long-press.ts'

/** Follows pointer, keyboard and finger over the rows of the timeline: what the scroller listens to. */
export function atRow({ active, asked }: MessageActions) {
  /** With a finger, whether it taps or rests. A link and a button have a use of their own. */
  function ask(target: EventTarget | null) {
    if (!isTouch() || (target instanceof Element && target.closest('a, button'))) return
    const row = rowOf(target)
    if (row?.querySelector('.message__deleted, .folded__away') === null) asked.value = seqOf(row)
  }

  return {
    ...createLongPress(ask),
    onPointerOver({ target, pointerType }: PointerEvent) {
      if (pointerType === 'mouse') active.value = keyAt(target) ?? active.peek()
    },
    onPointerLeave({ currentTarget }: PointerEvent) {
      const focused = document.activeElement
      active.value =
        currentTarget instanceof Node && currentTarget.contains(focused) ? keyAt(focused) : undefined
    },
    onFocusIn({ target }: FocusEvent) {
      active.value = keyAt(target) ?? active.peek()
    },
    onFocusOut({ currentTarget, relatedTarget }: FocusEvent) {
      if (!(currentTarget instanceof Node && currentTarget.contains(relatedTarget as Node | null)))
        active.value = undefined
    },
    onClick({ target }: MouseEvent) {
      if (getSelection()?.isCollapsed) ask(target)
    },
    /** From row to row with the arrows, and back to the whole with Escape. */
    onKeyDown(event: KeyboardEvent) {
      const { target, currentTarget, key } = event
      if (!(target instanceof HTMLElement && currentTarget instanceof HTMLElement)) return
      const row = rowOf(target)
      if (key === 'Escape' && row) return currentTarget.focus()
      if ((key !== 'ArrowUp' && key !== 'ArrowDown') || (target !== currentTarget && target !== row)) return
      const rows = [...currentTarget.querySelectorAll<HTMLElement>('.message[data-seq]')]
      const from = row ? rows.indexOf(row) : rows.length
      const next = rows[from + (key === 'ArrowUp' ? -1 : 1)]
      if (next === undefined) return
      event.preventDefault()
      next.focus()
    },
  }
}

/** A row has its key from the moment it is written; its `seq` comes while the pointer may rest on it. */
function keyAt(target: EventTarget | null): string | undefined {
  return target instanceof Element ? target.closest<HTMLElement>('[data-key]')?.dataset.key : undefined
}

function rowOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('.message[data-seq]') : null
}

function seqOf(row: HTMLElement | null): number | undefined {
  return row ? Number(row.dataset.seq) : undefined
}

function isTouch(): boolean {
  return matchMedia('(pointer: coarse)').matches
}
