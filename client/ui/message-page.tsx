import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { t } from '../i18n/strings.ts'
import { DoorDrawing } from './door-drawing.tsx'
import { setTitle } from './page-title.ts'
import { Wordmark } from './wordmark.tsx'

interface Props {
  title: string
  text: string
  more?: string
  children?: ComponentChildren
}

/** A page that says why it goes no further, and offers a next step. */
export function MessagePage({ title, text, more, children }: Props) {
  useEffect(() => {
    setTitle(t.door.titleOf(title))
  }, [title])
  return (
    <div class="message-page">
      <header class="message-page__top">
        <Wordmark />
      </header>
      <main class="message-page__main">
        <DoorDrawing state="shut" />
        <h1>{title}</h1>
        <p>{text}</p>
        {more && <p class="message-page__hint">{more}</p>}
        <div class="message-page__buttons">{children}</div>
      </main>
    </div>
  )
}
