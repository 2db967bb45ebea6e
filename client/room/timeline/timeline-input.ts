import { isTouch } from '../../ui/is-touch.ts'
import type { MessageActions } from '../message-actions.ts'
import { createLongPress } from './long-press.ts'

/** The event handlers of the scroller: they follow pointer, keyboard and finger over its rows. */
export function createTimelineInput({ activeRow, openSheet }: MessageActions) {
  /** A tap and a long press both open the sheet. Links and buttons keep their own use. */
  function open(target: EventTarget | null) {
    if (!isTouch() || (target instanceof Element && target.closest('a, button'))) return
    const row = rowOf(target)
    if (row?.querySelector('.message__deleted, .folded--away') === null) openSheet.value = seqOf(row)
  }

  return {
    ...createLongPress(open),
    onPointerOver({ target, pointerType }: PointerEvent) {
      if (pointerType === 'mouse') activeRow.value = keyAt(target) ?? activeRow.peek()
    },
    onPointerLeave({ currentTarget }: PointerEvent) {
      const focused = document.activeElement
      activeRow.value =
        currentTarget instanceof Node && currentTarget.contains(focused) ? keyAt(focused) : undefined
    },
    onFocusIn({ target }: FocusEvent) {
      activeRow.value = keyAt(target) ?? activeRow.peek()
    },
    onFocusOut({ currentTarget, relatedTarget }: FocusEvent) {
      if (!(currentTarget instanceof Node && currentTarget.contains(relatedTarget as Node | null)))
        activeRow.value = undefined
    },
    onClick({ target }: MouseEvent) {
      if (getSelection()?.isCollapsed) open(target)
    },
    /** Arrow keys go from row to row, Escape back to the scroller. */
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

/** A row keeps its key for good. Its `seq` comes later, while the pointer may rest on it. */
function keyAt(target: EventTarget | null): string | undefined {
  return target instanceof Element ? target.closest<HTMLElement>('[data-key]')?.dataset.key : undefined
}

function rowOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('.message[data-seq]') : null
}

function seqOf(row: HTMLElement | null): number | undefined {
  return row ? Number(row.dataset.seq) : undefined
}
