import type { ReadonlySignal } from '@preact/signals'
import type { Session } from '../../session/index.ts'

/** Loads older and newer pages, one at a time. */
export function createPageLoader(
  session: Pick<Session, 'loadOlder' | 'loadNewer'>,
  hasOlder: ReadonlySignal<boolean>,
) {
  let isLoading = false

  function load(page: () => Promise<void>): void {
    if (isLoading) return
    isLoading = true
    const done = () => {
      isLoading = false
    }
    page().then(done, done)
  }

  return {
    older(): void {
      if (hasOlder.peek()) load(() => session.loadOlder())
    },
    newer(): void {
      load(() => session.loadNewer())
    },
  }
}
