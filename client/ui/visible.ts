import { type ReadonlySignal, signal } from '@preact/signals'

const visible = signal(!document.hidden)
document.addEventListener('visibilitychange', () => {
  visible.value = !document.hidden
})

/** Whether the page is before somebody's eyes. */
export const isVisible: ReadonlySignal<boolean> = visible
