import { Component, type ComponentChildren } from 'preact'
import { t } from '../i18n/strings.ts'
import { MessagePage } from './message-page.tsx'

interface Props {
  children: ComponentChildren
}

/** A fault in a component replaces the page; drafts stay stored. */
export class ErrorBoundary extends Component<Props, { broken: boolean }> {
  override state = { broken: false }

  override componentDidCatch(error: unknown) {
    console.error(error)
    this.setState({ broken: true })
  }

  override render({ children }: Props, { broken }: { broken: boolean }) {
    if (!broken) return children
    return (
      <MessagePage title={t.door.broken.title} text={t.door.broken.text}>
        <button type="button" class="button button--primary" onClick={() => this.setState({ broken: false })}>
          {t.door.broken.retry}
        </button>
      </MessagePage>
    )
  }
}
