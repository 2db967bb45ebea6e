import type { Session, TimelineItem } from '../../client/session/index.ts'
import { LIMITS } from '../../src/protocol/limits.ts'
import { holds } from '../../tools/delivery/invariants.ts'
import type { ReferenceLog } from './reference-log.ts'
import type { SimulatedTab } from './simulated-tab.ts'

interface Seen {
  epoch: string | undefined
  timeline: readonly TimelineItem[]
  historyWindow: readonly TimelineItem[]
  hasOlder: boolean
  /** The `seq` of each message whose deletion showed. */
  deleted: Set<number>
}

/**
 * Checks what each tab shows: no row twice, no message again after its deletion showed, and no hole: neither in the
 * timeline, nor in a window of history, nor before what claims to be the beginning.
 */
export class ViewChecks {
  readonly #reference: ReferenceLog
  /** How many windows of history it has seen. */
  windows = 0
  /** How often a timeline let go of its oldest rows. */
  letGo = 0
  readonly #seen = new WeakMap<Session, Seen>()

  constructor(reference: ReferenceLog) {
    this.#reference = reference
  }

  look({ name, session }: SimulatedTab): void {
    if (session === undefined) return
    const { view } = session
    const { timeline, hasOlder, historyWindow } = view
    const seen = this.#of(session, view.self?.epoch)
    if (historyWindow !== undefined && seen.historyWindow !== historyWindow.items) {
      seen.historyWindow = historyWindow.items
      this.windows += 1
      this.#checkStretch(`${name} in its window`, historyWindow.items, historyWindow.hasOlder)
    }
    if (seen.timeline !== timeline || seen.hasOlder !== hasOlder) this.#checkStretch(name, timeline, hasOlder)
    seen.hasOlder = hasOlder
    if (seen.timeline === timeline) return
    const begin = seen.timeline.findIndex(({ key }) => key === timeline[0]?.key)
    if (begin > 0 && timeline.length > LIMITS.historyPage) this.letGo += 1
    seen.timeline = timeline
    const keys = new Set<string>()
    for (const item of timeline) {
      holds('once', !keys.has(item.key), () => `${name} shows ${item.key} twice`)
      keys.add(item.key)
      if (item.kind !== 'message' || item.editing === 'pending') continue
      const { seq, deleted } = item.message
      if (deleted) seen.deleted.add(seq)
      else holds('forgotten', !seen.deleted.has(seq), () => `${name} shows ${seq} again, which was deleted`)
    }
  }

  #checkStretch(where: string, items: readonly TimelineItem[], hasOlder: boolean): void {
    const shown = items.flatMap((item) => (item.kind === 'message' ? [item.message] : []))
    const isWhole = this.#reference.isStretch(shown, !hasOlder)
    holds(
      'hole',
      isWhole,
      () => `${where} shows ${stretches(shown)}, ${hasOlder ? 'of more' : 'from the beginning'}`,
    )
  }

  #of(session: Session, epoch: string | undefined): Seen {
    const known = this.#seen.get(session)
    if (known && known.epoch === epoch) return known
    const seen = { epoch, timeline: [], historyWindow: [], hasOlder: false, deleted: new Set<number>() }
    this.#seen.set(session, seen)
    return seen
  }
}

/** As `1-3, 5`. */
function stretches(messages: readonly { seq: number }[]): string {
  const found: [number, number][] = []
  for (const { seq } of messages) {
    const last = found.at(-1)
    if (last?.[1] === seq - 1) last[1] = seq
    else found.push([seq, seq])
  }
  return found.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ')
}
