import { effect, type ReadonlySignal } from '@preact/signals'
import type { Message } from '../../src/protocol/server-frames.ts'
import type { SessionView } from '../session/types.ts'
import { t } from '../strings/strings.ts'

/** What comes within this time is announced together. */
const GATHER_MS = 1_200
const SPOKEN_AT_MOST = 3

export interface HeraldOptions {
  view: ReadonlySignal<SessionView>
  announce(text: string): void
  after(ms: number, run: () => void): () => void
}

/** Says new messages of others to those who listen, never history. Answers what stops it. */
export function startHerald({ view, announce, after }: HeraldOptions): () => void {
  let heardUpTo: number | undefined
  let gathered: Message[] = []
  let stopWaiting: (() => void) | undefined

  const dispose = effect(() => {
    const now = view.value
    if (!now.self) return
    const messages = now.timeline.flatMap((item) => (item.kind === 'message' ? [item] : []))
    const newest = messages.at(-1)?.message.seq ?? 0
    const known = heardUpTo
    heardUpTo = Math.max(newest, known ?? 0)
    if (known === undefined || newest <= known) return
    const fresh = messages.filter(({ message, mine }) => message.seq > known && !mine && !message.deleted)
    gathered.push(...fresh.map(({ message }) => message))
    if (gathered.length > 0) stopWaiting ??= after(GATHER_MS, speak)
  })

  function speak() {
    stopWaiting = undefined
    announce(spoken(gathered))
    gathered = []
  }

  return () => {
    dispose()
    stopWaiting?.()
  }
}

function spoken(messages: readonly Message[]): string {
  if (messages.length <= SPOKEN_AT_MOST) {
    return messages.map(({ username, body }) => t.timeline.heard(username, body)).join(' ')
  }
  return t.timeline.heardMany(messages.length, [...new Set(messages.map(({ username }) => username))])
}
