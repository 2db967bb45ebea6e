import type { ClientData } from '../../src/protocol/client-frames.ts'
import { LIMITS } from '../../src/protocol/limits.ts'
import type { MessageChange } from './apply-change.ts'
import { createHistoryWindow, type HistoryWindowStore } from './history-window.ts'
import { createPaging, type PageRequest, type Paging } from './paging.ts'
import type { Timeline } from './timeline.ts'
import type { Clock, HistoryWindow, OutboxEntry } from './types.ts'

/** What is loaded of the room's history: pages before the timeline, or a window around a message far above it. */
export interface History extends Pick<Paging, 'receive' | 'refuse' | 'connected' | 'resend'> {
  window(entries: readonly OutboxEntry[]): HistoryWindow | undefined
  loadOlder(): Promise<void>
  loadAround(seq: number): Promise<void>
  loadNewer(): Promise<void>
  /** The window, and a page that loads for it or opens one, are no longer wanted. */
  leaveWindow(): void
  /** Applies a change to a message that may be in the window. */
  apply(change: MessageChange): void
  /** The timeline has grown: lets go of what it need not keep, unless a page loads that is to stand right before it. */
  trim(): void
  /** The timeline starts again from another place: the window and the loading page are void. */
  restart(): void
  /** No page will arrive: resolves the request that waits. */
  cancel(): void
}

interface Options {
  clock: Clock
  timeline: Pick<Timeline, 'oldest' | 'hasOlder' | 'prepend' | 'trim' | 'shownPosition'>
  /** The person whose rows these are. */
  personId(): string
  /** No page will arrive any more. */
  isEnded(): boolean
  send(query: ClientData<'msgHistory'>): void
  lost(): void
}

export function createHistory({ timeline, personId, isEnded, ...connection }: Options): History {
  const paging = createPaging(connection)
  const limit = LIMITS.historyPage
  let window: HistoryWindowStore | undefined

  const olderOfTimeline: PageRequest = {
    key: 'older',
    of: timeline,
    query: () => olderThan(timeline.oldest),
    receive: (messages) => timeline.prepend(messages, messages.length >= limit),
  }

  function olderOf(asking: HistoryWindowStore): PageRequest {
    return {
      key: 'older',
      of: asking,
      query: () => (asking === window ? olderThan(asking.oldest) : undefined),
      receive: asking.prepend,
    }
  }

  function newerOf(asking: HistoryWindowStore): PageRequest {
    return {
      key: 'newer',
      of: asking,
      query: () =>
        asking !== window || asking.newest === undefined ? undefined : { after: asking.newest, limit },
      receive(messages) {
        asking.append(messages)
        mergeIfReached(messages.length < limit)
      },
    }
  }

  function pageAround(around: number): PageRequest {
    return {
      key: `around ${around}`,
      of: undefined,
      query: () => ({ around, limit }),
      receive(messages) {
        window = createHistoryWindow(personId(), timeline.shownPosition?.epoch)
        window.around(messages)
        mergeIfReached(messages.length === 0)
      },
    }
  }

  /** A window that has reached the timeline becomes part of it. `isEnd`: nothing lies between the two. */
  function mergeIfReached(isEnd: boolean): void {
    const { oldest } = timeline
    if (window === undefined || oldest === undefined) return
    if (!isEnd && (window.newest ?? 0) < oldest) return
    const { messages, hasOlder } = window
    window = undefined
    if (messages.length > 0)
      timeline.prepend(messages, (messages[0]?.seq ?? 0) < oldest ? hasOlder : timeline.hasOlder)
  }

  function load(page: PageRequest): Promise<void> {
    return isEnded() ? Promise.resolve() : paging.load(page)
  }

  return {
    window: (entries) => window?.view(entries),
    loadOlder: () =>
      (window ?? timeline).hasOlder ? load(window ? olderOf(window) : olderOfTimeline) : Promise.resolve(),
    loadAround: (seq) => load(pageAround(seq)),
    loadNewer: () => (window ? load(newerOf(window)) : Promise.resolve()),
    leaveWindow() {
      window = undefined
      paging.cancel({ of: timeline })
    },
    receive: paging.receive,
    refuse: paging.refuse,
    connected: paging.connected,
    apply: (change) => window?.apply(change),
    resend: paging.resend,
    trim() {
      if (!paging.isLoading) timeline.trim()
    },
    restart() {
      window = undefined
      paging.cancel()
    },
    cancel: paging.cancel,
  }
}

function olderThan(before: number | undefined): ClientData<'msgHistory'> | undefined {
  return before === undefined ? undefined : { before, limit: LIMITS.historyPage }
}
