import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { Joined, Message, ServerData } from '../../src/protocol/server-frames.ts'
import type { Clock } from '../session/index.ts'

/** The dialog of the room that is open: its menu, its settings, its people. */
export type OpenDialog =
  | {
      kind: 'menu' | 'notifications' | 'settings' | 'links' | 'audit' | 'forget' | 'leave' | 'erase' | 'mine'
    }
  | { kind: 'people'; isTransfer?: boolean }
  | { kind: 'person'; username: string; by?: string | undefined; message?: Message }

/** What was reported since its moderator last looked or dismissed it. */
export interface ReceivedReports {
  first: ServerData<'report'>
  /** The messages that were told of, each once. */
  refs: readonly number[]
  /** How many more messages were only counted. */
  others: number
}

export function withReport(
  reports: ReceivedReports | undefined,
  report: ServerData<'report'>,
): ReceivedReports {
  const { first = report, refs = [], others = 0 } = reports ?? {}
  return {
    first,
    refs: refs.includes(report.ref) ? refs : [...refs, report.ref],
    others: others + (report.others ?? 0),
  }
}

/** A message of a blocked person is folded away until the reader unfolds it. */
export type Fold = 'folded' | 'shown' | undefined

interface RoomModerationDeps {
  self: ReadonlySignal<Joined | undefined>
  reports: Signal<ReceivedReports | undefined>
  clock: Clock
}

const OUTCOME_SHOWN_MS = 8_000

/** The dialogs of the room, the reports to its moderators, and the people that the reader has blocked. */
export function createRoomModeration({ self, reports, clock }: RoomModerationDeps) {
  const outcome = signal('')
  let stopShowing: (() => void) | undefined
  const blocked = computed<ReadonlySet<string>>(() => new Set(self.value?.blocked))
  const unfolded = signal<ReadonlySet<number>>(new Set())
  return {
    dialog: signal<OpenDialog | undefined>(undefined),
    reports,
    /** What came of the last action, in words; empty after a while. */
    outcome,
    showOutcome(text: string): void {
      outcome.value = text
      stopShowing?.()
      stopShowing = clock.after(OUTCOME_SHOWN_MS, () => {
        outcome.value = ''
      })
    },
    blocked,
    /** Whether only people whom the reader has met in private can invite them. */
    refusesStrangers: computed(() => self.value?.refusesStrangers === true),
    foldOf({ by, seq }: Message): Fold {
      if (!blocked.value.has(by)) return undefined
      return unfolded.value.has(seq) ? 'shown' : 'folded'
    },
    setShown(seq: number, isShown: boolean): void {
      const now = new Set(unfolded.peek())
      if (isShown) now.add(seq)
      else now.delete(seq)
      unfolded.value = now
    },
    dispose: (): void => stopShowing?.(),
  }
}
