import { useSignal } from '@preact/signals'
import { announce } from './announcer.tsx'

const COPIED_MS = 2_000

/** Copies a text on a click; `copied` stays true for a moment afterwards. */
export function useCopying(text: string, say: { copied: string; byHand: string }) {
  const copied = useSignal(false)

  async function copy() {
    if (!(await copyText(text))) {
      prompt(say.byHand, text)
      return
    }
    copied.value = true
    announce(say.copied)
    setTimeout(() => {
      copied.value = false
    }, COPIED_MS)
  }

  return { copied, copy }
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
