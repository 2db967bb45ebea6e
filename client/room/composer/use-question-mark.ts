import type { Signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'

/** A question mark that is typed into nothing asks for help. */
export function useQuestionMark(asked: Signal<boolean>): void {
  useEffect(() => {
    const hear = ({ key, target, isComposing }: KeyboardEvent) => {
      if (key !== '?' || isComposing || !(target instanceof Element)) return
      if (!target.closest('input, textarea, select, dialog')) asked.value = true
    }
    addEventListener('keydown', hear)
    return () => removeEventListener('keydown', hear)
  }, [asked])
}
