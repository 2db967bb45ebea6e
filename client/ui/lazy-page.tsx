import { useSignal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { t } from '../i18n/strings.ts'
import { MessagePage } from './message-page.tsx'
import { useLoaded } from './use-loaded.ts'

interface Props<P> {
  load(): Promise<ComponentType<P>>
  props: P
}

/** A page that is loaded when it is opened. */
export function LazyPage<P extends object>({ load, props }: Props<P>) {
  const hasFailed = useSignal(false)
  const Page = useLoaded(load, () => {
    hasFailed.value = true
  })
  if (Page) return <Page {...props} />
  return hasFailed.value ? (
    <MessagePage title={t.door.closed.pages.other.title} text={t.door.closed.pages.other.text} />
  ) : null
}
