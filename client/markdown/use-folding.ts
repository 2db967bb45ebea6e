import { useSignal } from '@preact/signals'
import type { RefObject } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { holdPlace } from '../ui/hold-place.ts'

/** So many lines of code are shown whole. */
export const WHOLE_LINES = 24

type Held = RefObject<Element | null>

/**
 * What has many lines takes a bounded height until all of it is asked for. What is `held` stays where it is in the
 * window as it opens, and what `closing` names as it closes.
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
