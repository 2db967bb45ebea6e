import type { Signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'

/** Opens the help when a question mark is typed outside of any field. */
export function useQuestionMark(isHelpOpen: Signal<boolean>): void {
  useEffect(() => {
    const onKeyDown = ({ key, target, isComposing }: KeyboardEvent) => {
      if (key !== '?' || isComposing || !(target instanceof Element)) return
      if (!target.closest('input, textarea, select, dialog')) isHelpOpen.value = true
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [isHelpOpen])
}
