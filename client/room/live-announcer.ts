import { effect, type ReadonlySignal } from '@preact/signals'
import type { Message } from '../../src/protocol/server-frames.ts'
import { t } from '../i18n/strings.ts'
import { isUnread, type SessionView } from '../session/index.ts'

/** What comes within this time is announced together. */
const GATHER_MS = 1_200
const SPOKEN_AT_MOST = 3

export interface LiveAnnouncerOptions {
  view: ReadonlySignal<SessionView>
  announce(text: string): () => void
  after(ms: number, run: () => void): () => void
}

/**
 * Says new messages of others to those who listen, never history: as they are when they are said, and no longer than
 * they are. Answers what stops it.
 */
export function startLiveAnnouncer({ view, announce, after }: LiveAnnouncerOptions): () => void {
  let heardUpTo: number | undefined
  let gathered: number[] = []
  let stopWaiting: (() => void) | undefined
  let told: readonly Message[] = []
  let takeBack: (() => void) | undefined

  const dispose = effect(() => {
    const now = view.value
    if (!now.self) return
    const messages = now.timeline.flatMap((item) => (item.kind === 'message' ? [item] : []))
    if (told.some(({ seq, body }) => messageOf(seq)?.body !== body)) stopTelling()
    const newest = messages.at(-1)?.message.seq ?? 0
    const known = heardUpTo
    heardUpTo = Math.max(newest, known ?? 0)
    if (known === undefined || newest <= known) return
    const fresh = messages.filter((item) => item.message.seq > known && isUnread(item, now.self))
    gathered.push(...fresh.map(({ message }) => message.seq))
    if (gathered.length > 0) stopWaiting ??= after(GATHER_MS, speak)
  })

  function messageOf(seq: number): Message | undefined {
    const item = view.peek().timeline.findLast((one) => one.kind === 'message' && one.message.seq === seq)
    return item?.kind === 'message' && !item.message.deleted ? item.message : undefined
  }

  function stopTelling() {
    takeBack?.()
    takeBack = undefined
    told = []
  }

  function speak() {
    stopWaiting = undefined
    const messages = gathered.flatMap((seq) => messageOf(seq) ?? [])
    gathered = []
    if (messages.length === 0) return
    takeBack = announce(spoken(messages))
    // A count tells no words.
    told = messages.length <= SPOKEN_AT_MOST ? messages : []
  }

  return () => {
    dispose()
    stopWaiting?.()
  }
}

function spoken(messages: readonly Message[]): string {
  if (messages.length <= SPOKEN_AT_MOST) {
    return messages.map(({ username, body }) => t.room.timeline.announced(username, body)).join(' ')
  }
  return t.room.timeline.announcedMany(messages.length, [
    ...new Set(messages.map(({ username }) => username)),
  ])
}
