import { t } from '../i18n/strings.ts'
import { MessagePage } from './message-page.tsx'

export function NowherePage() {
  return (
    <MessagePage title={t.door.nowhere.title} text={t.door.nowhere.text}>
      <a class="button button--primary" href="/">
        {t.door.closed.home}
      </a>
    </MessagePage>
  )
}
