import { useSignal } from '@preact/signals'
import { Doorstep } from '../parts/doorstep.tsx'
import { i } from '../strings/identity.ts'
import { t } from '../strings/strings.ts'
import { takeMove } from './calls.ts'

/** The link of another device: nobody becomes someone else without having been asked. */
export function MovePage({ code }: { code: string }) {
  const stage = useSignal<'asked' | 'done' | 'spent'>(code === '' ? 'spent' : 'asked')
  const problem = useSignal('')

  async function take() {
    const came = await takeMove(code)
    if (came === 'failed') problem.value = i.failed
    else stage.value = came
  }

  if (stage.value === 'asked') {
    return (
      <Doorstep title={i.come.title} text={i.come.text} more={i.come.more}>
        <button type="button" class="button button--primary" onClick={take}>
          {i.come.sure}
        </button>
        <a class="button" href="/">
          {i.come.no}
        </a>
        <p class="field__problem" role="alert">
          {problem.value}
        </p>
      </Doorstep>
    )
  }
  const words = stage.value === 'done' ? i.welcome : i.spent
  return (
    <Doorstep title={words.title} text={words.text}>
      <a class="button button--primary" href="/" target="_self">
        {t.closed.home}
      </a>
    </Doorstep>
  )
}
