import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'

/** What is loaded once this is shown: nothing until it is there, and nothing where it cannot be had. */
export function useLoaded<T>(load: () => Promise<T>, onFailure: () => void = () => {}): T | undefined {
  const loaded = useSignal<T | undefined>(undefined)
  useEffect(() => {
    load().then((it) => {
      loaded.value = it
    }, onFailure)
  }, [])
  return loaded.value
}
