import type { Session, TimelineItem } from '../../client/session/index.ts'
import { holds } from '../../tools/delivery/invariants.ts'
import type { SimulatedTab } from './simulated-tab.ts'

interface Seen {
  epoch: string | undefined
  timeline: readonly TimelineItem[]
  /** The `seq` of each message whose deletion showed. */
  deleted: Set<number>
}

/** Checks what each tab shows: no row twice, and no message again after its deletion showed. */
export class ViewChecks {
  readonly #seen = new WeakMap<Session, Seen>()

  look({ name, session }: SimulatedTab): void {
    if (session === undefined) return
    const { view } = session
    const { timeline } = view
    const seen = this.#of(session, view.self?.epoch)
    if (seen.timeline === timeline) return
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

  #of(session: Session, epoch: string | undefined): Seen {
    const known = this.#seen.get(session)
    if (known && known.epoch === epoch) return known
    const seen = { epoch, timeline: [], deleted: new Set<number>() }
    this.#seen.set(session, seen)
    return seen
  }
}
