import { computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import type { Joined } from '../../../src/protocol/server-frames.ts'
import type { Clock, TimelineItem } from '../../session/index.ts'
import { isModerator } from '../is-moderator.ts'

const TICK_MS = 1_000

/** What keeps one from speaking for now. */
export type PostingRestriction =
  | { kind: 'reader' }
  | { kind: 'muted'; until: number }
  /** What is sent all the same waits; `isWaiting` where something does. */
  | { kind: 'slow'; seconds: number; isWaiting: boolean }

interface Surroundings {
  self: ReadonlySignal<Joined | undefined>
  timeline: ReadonlySignal<readonly TimelineItem[]>
  clock: Clock
}

/** Says before the room does that one may not speak yet, and counts the time down. */
export function createPostingRestriction({ self, timeline, clock }: Surroundings) {
  const now = signal(clock.now())
  const spoke = computed(() => {
    const item = timeline.value.findLast((one) => one.kind === 'message' && one.mine)
    return item?.kind === 'message' ? item.message.time : undefined
  })
  /** When one spoke last: never later than it was heard here, whatever the server's clock says. */
  const spokeAt = computed(() => (spoke.value === undefined ? 0 : Math.min(spoke.value, clock.now())))
  const until = computed(() => {
    const { slowMs = 0, mutedUntil = 0, role = '' } = self.value ?? {}
    const slow = slowMs === 0 || isModerator(role) || spoke.value === undefined ? 0 : spokeAt.value + slowMs
    return { muted: mutedUntil, slow }
  })

  const current = computed<PostingRestriction | undefined>(() => {
    const { muted, slow } = until.value
    if (self.value?.role === 'reader') return { kind: 'reader' }
    if (muted > now.value) return { kind: 'muted', until: muted }
    if (slow <= now.value) return undefined
    const isWaiting = timeline.value.some(({ kind }) => kind === 'pending')
    return { kind: 'slow', seconds: Math.ceil((slow - now.value) / 1_000), isWaiting }
  })

  let stopWaiting: (() => void) | undefined
  const stop = effect(() => {
    const ends = Math.max(until.value.muted, until.value.slow)
    stopWaiting?.()
    if (ends > now.value)
      stopWaiting = clock.after(Math.min(TICK_MS, ends - now.value), () => {
        now.value = clock.now()
      })
  })
  const stopLooking = effect(() => {
    if (until.value) now.value = clock.now()
  })

  return {
    current,
    dispose(): void {
      stopWaiting?.()
      stop()
      stopLooking()
    },
  }
}
