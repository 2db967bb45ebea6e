import { PING_EVERY_MS } from './steps.ts'
import type { Clock } from './types.ts'

/** No page takes longer than a heartbeat to come, unless it was lost. */
const LOST_AFTER_MS = PING_EVERY_MS

/** One page of older history at a time, for all who ask. */
export interface Paging {
  readonly isAsked: boolean
  /** Resolves when the page is there, or will not come. */
  load(): Promise<void>
  /** Asks once more, if a page is waited for. */
  again(): void
  done(): void
}

interface Options {
  clock: Clock
  ask(): void
  /** Neither the page came nor anything that tells why. */
  lost(): void
}

export function createPaging({ clock, ask, lost }: Options): Paging {
  let asked: { promise: Promise<void>; resolve(): void } | undefined
  let cancel = (): void => {}

  function again(): void {
    if (asked === undefined) return
    cancel()
    cancel = clock.after(LOST_AFTER_MS, lost)
    ask()
  }

  return {
    get isAsked() {
      return asked !== undefined
    },
    load() {
      if (asked !== undefined) return asked.promise
      asked = Promise.withResolvers<void>()
      const { promise } = asked
      again()
      return promise
    },
    again,
    done() {
      cancel()
      asked?.resolve()
      asked = undefined
    },
  }
}
