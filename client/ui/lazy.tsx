import { useSignal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'

export type Load<P> = () => Promise<ComponentType<P>>

/** A module that loads once this component is shown; `isMissing` if it cannot be loaded. */
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

/** A component that loads when it is first shown, and draws nothing until then. */
export function lazy<P extends object>(load: Load<P>): ComponentType<P & { onMissing?(): void }> {
  // Already loaded: draw it at once.
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
