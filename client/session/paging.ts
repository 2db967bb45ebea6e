import type { ClientData } from '../../src/protocol/client-frames.ts'
import type { Message } from '../../src/protocol/server-frames.ts'
import { PING_EVERY_MS } from './machine-steps.ts'
import type { Clock } from './types.ts'

/** A page that takes longer than a heartbeat is lost. */
const LOST_AFTER_MS = PING_EVERY_MS

/** One page of history. */
export interface PageRequest {
  /** Requests with the same key share one page. */
  readonly key: string
  /** The query at the time it is sent; undefined if the page is no longer needed. */
  query(): ClientData<'msgHistory'> | undefined
  receive(messages: readonly Message[]): void
}

/** Loads one page of history at a time. */
export interface Paging {
  /** Resolves when the page has arrived, or will not arrive. */
  load(page: PageRequest): Promise<void>
  /** Takes a page that arrived; false if none was asked for. */
  receive(messages: readonly Message[]): boolean
  /** Sends the query again if a page is still loading. */
  resend(): void
  readonly isLoading: boolean
  cancel(): void
}

interface Options {
  clock: Clock
  send(query: ClientData<'msgHistory'>): void
  /** Neither the page nor an error arrived. */
  lost(): void
}

export function createPaging({ clock, send, lost }: Options): Paging {
  let loading: { page: PageRequest; promise: Promise<void>; resolve(): void } | undefined
  let cancelTimer = (): void => {}

  function sendQuery(): void {
    const query = loading?.page.query()
    cancelTimer()
    if (query === undefined) return finish()
    cancelTimer = clock.after(LOST_AFTER_MS, lost)
    send(query)
  }

  function load(page: PageRequest): Promise<void> {
    if (loading?.page.key === page.key) return loading.promise
    if (loading !== undefined) return loading.promise.then(() => load(page))
    loading = { page, ...Promise.withResolvers<void>() }
    const { promise } = loading
    sendQuery()
    return promise
  }

  function finish(): void {
    cancelTimer()
    loading?.resolve()
    loading = undefined
  }

  return {
    load,
    receive(messages) {
      if (loading === undefined) return false
      loading.page.receive(messages)
      finish()
      return true
    },
    resend() {
      if (loading !== undefined) sendQuery()
    },
    get isLoading() {
      return loading !== undefined
    },
    cancel: finish,
  }
}
