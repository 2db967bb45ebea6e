import { useSignal } from '@preact/signals'
import { i } from '../i18n/identity-strings.ts'
import { t } from '../i18n/strings.ts'
import { MessagePage } from '../ui/message-page.tsx'
import { acceptTransfer } from './device-transfer.ts'

/** The link of another device: nobody becomes someone else without having been asked. */
export function TransferPage({ code }: { code: string }) {
  const stage = useSignal<'asked' | 'done' | 'spent'>(code === '' ? 'spent' : 'asked')
  const problem = useSignal('')

  async function take() {
    const came = await acceptTransfer(code)
    if (came === 'failed') problem.value = i.failed
    else stage.value = came
  }

  if (stage.value === 'asked') {
    return (
      <MessagePage title={i.come.title} text={i.come.text} more={i.come.more}>
        <button type="button" class="button button--primary" onClick={take}>
          {i.come.sure}
        </button>
        <a class="button" href="/">
          {i.come.no}
        </a>
        <p class="field__problem" role="alert">
          {problem.value}
        </p>
      </MessagePage>
    )
  }
  const words = stage.value === 'done' ? i.welcome : i.spent
  return (
    <MessagePage title={words.title} text={words.text}>
      <a class="button button--primary" href="/" target="_self">
        {t.closed.home}
      </a>
    </MessagePage>
  )
}
