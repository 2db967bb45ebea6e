import { type ReadonlySignal, signal } from '@preact/signals'

const visible = signal(true)

/** Whether the page is visible; follows the page once it is watched. */
export const isVisible: ReadonlySignal<boolean> = visible

export function watchVisibility(): void {
  const look = () => {
    visible.value = !document.hidden
  }
  look()
  document.addEventListener('visibilitychange', look)
}
