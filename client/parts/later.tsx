import { useSignal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'
import { t } from '../strings/strings.ts'
import { Doorstep } from './doorstep.tsx'

interface Props<P> {
  load(): Promise<ComponentType<P>>
  props: P
}

/** A page that is loaded when it is opened. */
export function Later<P extends object>({ load, props }: Props<P>) {
  const loaded = useSignal<ComponentType<P> | undefined>(undefined)
  const hasFailed = useSignal(false)
  useEffect(() => {
    load().then(
      (Page) => {
        loaded.value = Page
      },
      () => {
        hasFailed.value = true
      },
    )
  }, [])
  const Page = loaded.value
  if (Page) return <Page {...props} />
  return hasFailed.value ? (
    <Doorstep title={t.closed.pages.other.title} text={t.closed.pages.other.text} />
  ) : null
}
