import { useSignal } from '@preact/signals'
import type { RefObject } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { holdPlace } from '../ui/hold-place.ts'

/** Code with more lines is folded. */
export const UNFOLDED_CODE_LINES = 24

type Held = RefObject<Element | null>

/**
 * Folds a long text to a bounded height, and unfolds it. `held` keeps its place in the window as the text unfolds,
 * and `closing` as it folds.
 */
export function useFolding(isLong: boolean, held: Held, closing = held) {
  const isOpen = useSignal(false)
  const before = useRef<{ held: Held; top: number } | undefined>(undefined)

  useLayoutEffect(() => {
    const { held, top } = before.current ?? {}
    if (held?.current && top !== undefined) holdPlace(held.current, top)
    before.current = undefined
  }, [isOpen.value])

  return {
    isFolded: isLong && !isOpen.value,
    toggle() {
      const now = isOpen.value ? closing : held
      if (now.current) before.current = { held: now, top: now.current.getBoundingClientRect().top }
      isOpen.value = !isOpen.value
    },
  }
}
