import { useSignal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'

export type Load<P> = () => Promise<ComponentType<P>>

/** A part of the page that is loaded once this is shown; `isMissing` where it cannot be loaded. */
export function useLazy<T>(load: () => Promise<T>): { loaded: T | undefined; isMissing: boolean } {
  const loaded = useSignal<T | undefined>(undefined)
  const isMissing = useSignal(false)
  useEffect(() => {
    load().then(
      (part) => {
        loaded.value = part
      },
      () => {
        isMissing.value = true
      },
    )
  }, [])
  return { loaded: loaded.value, isMissing: isMissing.value }
}

/** A component that is loaded when it is first shown. Until then nothing is drawn. */
export function lazy<P extends object>(load: Load<P>): ComponentType<P & { onMissing?(): void }> {
  // Shown again, it is drawn at once.
  let known: ComponentType<P> | undefined
  return function Lazy(props: P & { onMissing?(): void }) {
    const { loaded: Loaded = known, isMissing } = useLazy(load)
    known = Loaded
    useEffect(() => {
      if (isMissing) props.onMissing?.()
    }, [isMissing])
    return Loaded ? <Loaded {...props} /> : null
  }
}
