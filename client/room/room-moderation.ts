import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { isGeneratedId } from '../../src/protocol/names.ts'
import { type AccessRules, isModerator } from '../../src/protocol/roles.ts'
import type { Joined, Message, ServerData } from '../../src/protocol/server-frames.ts'
import type { Clock } from '../session/index.ts'

/** What is open of the things that are done with a room rather than said in it. */
export type OpenDialog =
  | { kind: 'menu' | 'calls' | 'settings' | 'links' | 'audit' | 'forget' | 'leave' | 'erase' | 'mine' }
  | { kind: 'people'; handsOn?: boolean }
  | { kind: 'person'; username: string; by?: string | undefined; message?: Message }

export type ReceivedReport = ServerData<'report'>

interface Surroundings {
  room: string
  self: ReadonlySignal<Joined | undefined>
  isPrivate: ReadonlySignal<boolean>
  /** The newest message that was brought before those who moderate. */
  reported: Signal<ReceivedReport | undefined>
  clock: Clock
}

/** What was done is said for so long. */
const TOLD_MS = 8_000

/** Who looks after the room, what one is in it oneself, and whom one does not want to hear. */
export function createRoomModeration({ room, self, isPrivate, reported, clock }: Surroundings) {
  /** A room that began by its name belongs to nobody, and one for two to both. */
  const access = computed<AccessRules>(() => {
    if (isPrivate.value) return { kind: 'private' }
    const { access: kind = 'open' } = self.value ?? {}
    return isGeneratedId(room) ? { kind, owner: true } : { kind }
  })
  const role = computed(() => self.value?.role ?? 'member')
  const told = signal('')
  let stopTelling: (() => void) | undefined
  const blocked = computed<ReadonlySet<string>>(() => new Set(self.value?.blocked))
  const shown = signal<ReadonlySet<number>>(new Set())
  return {
    asked: signal<OpenDialog | undefined>(undefined),
    role,
    access,
    leads: computed(() => isModerator(role.value)),
    isLed: computed(() => access.value.owner !== undefined),
    reported,
    /** What came of what one did. */
    told,
    tell(text: string): void {
      told.value = text
      stopTelling?.()
      stopTelling = clock.after(TOLD_MS, () => {
        told.value = ''
      })
    },
    blocked,
    /** Whether a message is put out of sight because of who said it. */
    foldOf({ by, seq }: Message): Fold {
      if (!blocked.value.has(by)) return undefined
      return shown.value.has(seq) ? 'shown' : 'folded'
    },
    setShown(seq: number, isShown: boolean): void {
      const now = new Set(shown.peek())
      if (isShown) now.add(seq)
      else now.delete(seq)
      shown.value = now
    },
    dispose: (): void => stopTelling?.(),
  }
}

export type Fold = 'folded' | 'shown' | undefined
