import { t } from '../i18n/strings.ts'
import { MessagePage } from './message-page.tsx'

export function NowherePage() {
  return (
    <MessagePage title={t.nowhere.title} text={t.nowhere.text}>
      <a class="button button--primary" href="/">
        {t.closed.home}
      </a>
    </MessagePage>
  )
}
