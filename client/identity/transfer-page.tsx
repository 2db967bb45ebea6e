import { useSignal } from '@preact/signals'
import { t } from '../i18n/strings.ts'
import { MessagePage } from '../ui/message-page.tsx'
import { acceptTransfer } from './device-transfer.ts'

/** Asks before the identity in this browser is replaced. */
export function TransferPage({ code }: { code: string }) {
  const stage = useSignal<'asked' | 'done' | 'spent'>(code === '' ? 'spent' : 'asked')
  const problem = useSignal('')

  async function take() {
    const came = await acceptTransfer(code)
    if (came === 'failed') problem.value = t.identity.failed
    else stage.value = came
  }

  if (stage.value === 'asked') {
    return (
      <MessagePage
        title={t.identity.transferPage.title}
        text={t.identity.transferPage.text}
        more={t.identity.transferPage.more}
      >
        <button type="button" class="button button--primary" onClick={take}>
          {t.identity.transferPage.confirm}
        </button>
        <a class="button" href="/">
          {t.identity.transferPage.cancel}
        </a>
        <p class="field__problem" role="alert">
          {problem.value}
        </p>
      </MessagePage>
    )
  }
  const words = stage.value === 'done' ? t.identity.done : t.identity.expired
  return (
    <MessagePage title={words.title} text={words.text}>
      <a class="button button--primary" href="/" target="_self">
        {t.door.closed.home}
      </a>
    </MessagePage>
  )
}
