import { computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import { isModerator } from '../../../src/protocol/roles.ts'
import type { Joined } from '../../../src/protocol/server-frames.ts'
import type { Clock, TimelineItem } from '../../session/index.ts'
import type { ComposerInput } from './commands.ts'

const TICK_MS = 1_000

/** What keeps a person from posting at once. A reader and a muted person cannot post; slow mode only delays. */
export type PostingRestriction =
  | { kind: 'reader' }
  | { kind: 'muted'; until: number }
  /** Slow mode: a message that is sent now waits in the outbox. `isWaiting` says that one does. */
  | { kind: 'slow'; seconds: number; isWaiting: boolean }

interface PostingRestrictionDeps {
  self: ReadonlySignal<Joined | undefined>
  timeline: ReadonlySignal<readonly TimelineItem[]>
  clock: Clock
}

/** Works out the restriction before the room would refuse a message, and counts the time down. */
export function createPostingRestriction({ self, timeline, clock }: PostingRestrictionDeps) {
  const now = signal(clock.now())
  const lastSent = computed(() => {
    const item = timeline.value.findLast((item) => item.kind === 'message' && item.mine)
    return item?.kind === 'message' ? item.message.time : undefined
  })
  /** Never in the future: otherwise a server clock that is ahead would lengthen the wait. */
  const lastSentAt = computed(() =>
    lastSent.value === undefined ? 0 : Math.min(lastSent.value, clock.now()),
  )
  const until = computed(() => {
    const { slowMs = 0, mutedUntil = 0, role = 'member' } = self.value ?? {}
    const isSlow = slowMs > 0 && !isModerator(role) && lastSent.value !== undefined
    return { muted: mutedUntil, slow: isSlow ? lastSentAt.value + slowMs : 0 }
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
  const stopCounting = effect(() => {
    const ends = Math.max(until.value.muted, until.value.slow)
    stopWaiting?.()
    if (ends > now.value)
      stopWaiting = clock.after(Math.min(TICK_MS, ends - now.value), () => {
        now.value = clock.now()
      })
  })
  const stopResetting = effect(() => {
    if (until.value) now.value = clock.now()
  })

  return {
    current,
    dispose(): void {
      stopWaiting?.()
      stopCounting()
      stopResetting()
    },
  }
}

/** Whether the restriction keeps this input in the field. Slow mode does not: what is sent then waits in the outbox. */
export function isBlocked({ kind }: PostingRestriction, input: ComposerInput): boolean {
  const isPost = input.kind === 'message' || input.kind === 'topic'
  switch (kind) {
    case 'reader':
      return isPost
    case 'muted':
      return isPost || input.kind === 'rename'
    case 'slow':
      return false
    default:
      return kind satisfies never
  }
}
