import { useSignal } from '@preact/signals'
import { t } from '../strings/strings.ts'
import { announce } from './announcer.tsx'
import { Icon } from './icon.tsx'

const COPIED_MS = 2_000

/** Copies the address of a room: the URL is the invite. */
export function CopyLink({ url, primary = false }: { url: string; primary?: boolean }) {
  const copied = useSignal(false)

  async function copy() {
    if (!(await copyText(url))) {
      prompt(t.invite.copyByHand, url)
      return
    }
    copied.value = true
    announce(t.invite.copied)
    setTimeout(() => {
      copied.value = false
    }, COPIED_MS)
  }

  return (
    <button
      type="button"
      class={primary ? 'button button--primary' : 'button'}
      aria-label={t.invite.copy}
      onClick={copy}
    >
      <Icon name={copied.value ? 'check' : 'copy'} />
      <span class="button__label">{copied.value ? t.invite.copied : t.invite.copy}</span>
    </button>
  )
}

async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyBySelection(text)
  }
}

/** Without the clipboard API: on plain http, and in some browsers inside other apps. */
function copyBySelection(text: string): boolean {
  const field = document.createElement('textarea')
  field.value = text
  field.className = 'unseen'
  document.body.append(field)
  const before = document.activeElement
  field.select()
  const done = document.execCommand('copy')
  field.remove()
  if (before instanceof HTMLElement) before.focus()
  return done
}
