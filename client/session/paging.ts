import type { ClientData } from '../../src/protocol/client-frames.ts'
import type { Message } from '../../src/protocol/server-frames.ts'
import { PING_EVERY_MS } from './machine-steps.ts'
import type { Clock } from './types.ts'

/** No page takes longer than a heartbeat to come, unless it was lost. */
const LOST_AFTER_MS = PING_EVERY_MS

/** A page of history that is wanted. */
export interface Wanted {
  /** Whoever wants the same meanwhile waits for the same page. */
  readonly key: string
  /** What to ask for by the time it is asked; nothing where it is needed no more. */
  query(): ClientData<'msgHistory'> | undefined
  take(messages: readonly Message[]): void
}

/** One page of history at a time, for all who ask. */
export interface Paging {
  /** Resolves when the page is there, or will not come. */
  load(page: Wanted): Promise<void>
  /** A page has come; answers false where none was waited for. */
  take(messages: readonly Message[]): boolean
  /** Asks once more, if a page is waited for. */
  again(): void
  readonly isAsked: boolean
  done(): void
}

interface Options {
  clock: Clock
  ask(query: ClientData<'msgHistory'>): void
  /** Neither the page came nor anything that tells why. */
  lost(): void
}

export function createPaging({ clock, ask, lost }: Options): Paging {
  let asked: { page: Wanted; promise: Promise<void>; resolve(): void } | undefined
  let cancel = (): void => {}

  function again(): void {
    const query = asked?.page.query()
    cancel()
    if (query === undefined) return done()
    cancel = clock.after(LOST_AFTER_MS, lost)
    ask(query)
  }

  function load(page: Wanted): Promise<void> {
    if (asked?.page.key === page.key) return asked.promise
    if (asked !== undefined) return asked.promise.then(() => load(page))
    asked = { page, ...Promise.withResolvers<void>() }
    const { promise } = asked
    again()
    return promise
  }

  function done(): void {
    cancel()
    asked?.resolve()
    asked = undefined
  }

  return {
    load,
    take(messages) {
      if (asked === undefined) return false
      asked.page.take(messages)
      done()
      return true
    },
    again() {
      if (asked !== undefined) again()
    },
    get isAsked() {
      return asked !== undefined
    },
    done,
  }
}
