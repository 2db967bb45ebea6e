import type { ClientData } from '../../src/protocol/client-frames.ts'
import type { Message } from '../../src/protocol/server-frames.ts'
import { PING_EVERY_MS } from './machine-steps.ts'
import type { Clock } from './types.ts'

/** A page that takes longer than a heartbeat is lost. */
const LOST_AFTER_MS = PING_EVERY_MS

type Query = ClientData<'msgHistory'>

/** One page of history. */
export interface PageRequest {
  /** Requests with the same key share one page. */
  readonly key: string
  /** Whose page it is: what asked for it, and alone receives it. */
  readonly of: unknown
  /** The query at the time it is sent; undefined if the page is no longer needed. */
  query(): Query | undefined
  receive(messages: readonly Message[]): void
}

/** Loads one page of history at a time. */
export interface Paging {
  readonly isLoading: boolean
  /** Resolves when the page has arrived, or will not arrive. */
  load(page: PageRequest): Promise<void>
  /** Takes a page that arrived; false if nobody waits for it any more. */
  receive(messages: readonly Message[]): boolean
  /** The server refused a query. Sends it again after `ms` if its page is still loading. Returns false if `id` is of no query. */
  refuse(id: string, ms: number): boolean
  /** A new connection answers nothing that an earlier one was asked. */
  connected(): void
  /** Sends the query again if a page is still loading. */
  resend(): void
  /** No page will arrive: resolves the request that waits, or only one that is not `of` this. */
  cancel(except?: { of: unknown }): void
}

interface Options {
  clock: Clock
  send(query: Query): void
  /** Neither the page nor an error arrived. */
  lost(): void
}

interface Loading {
  page: PageRequest
  promise: Promise<void>
  resolve(): void
}

export function createPaging({ clock, send, lost }: Options): Paging {
  let loading: Loading | undefined
  /** What this connection was asked and has not answered. Pages come in asking order and do not name their query. */
  let asked: readonly { id: string; for: Loading }[] = []
  let queries = 0
  let cancelTimer = (): void => {}

  function sendQuery(): void {
    const query = loading?.page.query()
    cancelTimer()
    if (loading === undefined || query === undefined) return finish()
    cancelTimer = clock.after(LOST_AFTER_MS, lost)
    queries += 1
    const id = `page ${queries}`
    asked = [...asked, { id, for: loading }]
    send({ ...query, id })
  }

  function load(page: PageRequest): Promise<void> {
    if (loading === undefined) {
      let resolve = (): void => {}
      const promise = new Promise<void>((arrived) => {
        resolve = arrived
      })
      loading = { page, promise, resolve }
      sendQuery()
      return promise
    }
    const { key, of } = loading.page
    return key === page.key && of === page.of ? loading.promise : loading.promise.then(() => load(page))
  }

  function finish(): void {
    cancelTimer()
    loading?.resolve()
    loading = undefined
  }

  return {
    get isLoading() {
      return loading !== undefined
    },
    load,
    receive(messages) {
      const [answered, ...others] = asked
      asked = others
      if (answered === undefined || answered.for !== loading) return false
      loading.page.receive(messages)
      finish()
      return true
    },
    refuse(id, ms) {
      const refused = asked.find((query) => query.id === id)
      if (refused === undefined) return false
      asked = asked.filter((query) => query !== refused)
      if (refused.for !== loading) return true
      cancelTimer()
      cancelTimer = clock.after(ms, sendQuery)
      return true
    },
    connected() {
      asked = []
    },
    resend: () => loading && sendQuery(),
    cancel(except) {
      if (except === undefined || loading?.page.of !== except.of) finish()
    },
  }
}
