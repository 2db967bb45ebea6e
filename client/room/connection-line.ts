import { effect, type ReadonlySignal, signal } from '@preact/signals'
import type { Status } from '../session/index.ts'

/** A connection that comes back sooner is not mentioned. */
const PATIENCE_MS = 5_000

export type ConnectionWord = 'offline' | 'reconnecting' | 'full' | 'unavailable' | 'used-up' | 'catching-up'

export interface ConnectionLine {
  word: ReadonlySignal<ConnectionWord | undefined>
  dispose(): void
}

/** The connection's state in a word: none while it is live or gone only briefly; offline shows at once. */
export function createConnectionLine(
  status: ReadonlySignal<Status>,
  after: (ms: number, run: () => void) => () => void,
  /** Runs when the connection is back after the line said that it was gone. */
  onBack: () => void,
): ConnectionLine {
  const word = signal<ConnectionWord | undefined>(undefined)
  const patienceOver = signal(false)
  let stopWaiting: (() => void) | undefined

  const dispose = effect(() => {
    const wanted = wordOf(status.value, word.peek())
    if (wanted === undefined) {
      stopWaiting?.()
      stopWaiting = undefined
      patienceOver.value = false
    } else {
      stopWaiting ??= after(PATIENCE_MS, () => {
        patienceOver.value = true
      })
    }
    if (status.value.kind === 'live' && word.peek() !== undefined) onBack()
    word.value = wanted === 'offline' || patienceOver.value ? wanted : undefined
  })

  return {
    word,
    dispose() {
      stopWaiting?.()
      dispose()
    },
  }
}

/** What the server says of itself stays while the next attempt is under way. */
const LASTING: ReadonlySet<ConnectionWord | undefined> = new Set<ConnectionWord>([
  'full',
  'unavailable',
  'used-up',
])

function wordOf(status: Status, before: ConnectionWord | undefined): ConnectionWord | undefined {
  switch (status.kind) {
    case 'offline':
      return 'offline'
    case 'waiting':
      if (status.code === 'unavailable') return unavailability(status)
      if (status.code !== undefined) return status.code === 'room-full' ? 'full' : 'reconnecting'
      return LASTING.has(before) ? before : 'reconnecting'
    case 'connecting':
      return LASTING.has(before) ? before : 'reconnecting'
    case 'resuming':
      return 'catching-up'
    default:
      return undefined
  }
}

/** A server whose day is used up says until when. */
export function unavailability({ until }: { until?: number }): 'unavailable' | 'used-up' {
  return until === undefined ? 'unavailable' : 'used-up'
}
