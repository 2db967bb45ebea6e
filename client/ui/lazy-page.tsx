import { useSignal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { t } from '../i18n/strings.ts'
import { type Load, lazy } from './lazy.tsx'
import { MessagePage } from './message-page.tsx'

/** A page that loads when it is opened, or says why it cannot. */
export function lazyPage<P extends object>(load: Load<P>): ComponentType<P> {
  const Page = lazy(load)
  return function LazyPage(props: P) {
    const isMissing = useSignal(false)
    if (isMissing.value) {
      return <MessagePage title={t.door.closed.pages.other.title} text={t.door.closed.pages.other.text} />
    }
    return (
      <Page
        {...props}
        onMissing={() => {
          isMissing.value = true
        }}
      />
    )
  }
}
