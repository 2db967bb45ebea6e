import { effect, type ReadonlySignal } from '@preact/signals'
import type { Message } from '../../src/protocol/server-frames.ts'
import { t } from '../i18n/strings.ts'
import { isUnread, type SessionView } from '../session/index.ts'

/** Messages that come within this time are announced together. */
const BATCH_MS = 1_200
const MAX_READ_OUT = 3

export interface LiveAnnouncerOptions {
  view: ReadonlySignal<SessionView>
  announce(text: string): () => void
  after(ms: number, run: () => void): () => void
}

/**
 * Announces new messages of others to screen-reader users, never history. A message is read out as it is at that
 * moment, and withdrawn when it is edited or deleted. Returns a function that stops it.
 */
export function startLiveAnnouncer({ view, announce, after }: LiveAnnouncerOptions): () => void {
  let announcedUpTo: number | undefined
  let batch: number[] = []
  let stopWaiting: (() => void) | undefined
  let readOut: readonly Message[] = []
  let withdraw: (() => void) | undefined

  const dispose = effect(() => {
    const now = view.value
    if (!now.self) return
    const messages = now.timeline.flatMap((item) => (item.kind === 'message' ? [item] : []))
    if (readOut.some(({ seq, body }) => messageOf(seq)?.body !== body)) stopReadingOut()
    const newest = messages.at(-1)?.message.seq ?? 0
    const known = announcedUpTo
    announcedUpTo = Math.max(newest, known ?? 0)
    if (known === undefined || newest <= known) return
    const fresh = messages.filter((item) => item.message.seq > known && isUnread(item, now.self))
    batch.push(...fresh.map(({ message }) => message.seq))
    if (batch.length > 0) stopWaiting ??= after(BATCH_MS, readOutBatch)
  })

  function messageOf(seq: number): Message | undefined {
    const item = view.peek().timeline.findLast((row) => row.kind === 'message' && row.message.seq === seq)
    return item?.kind === 'message' && !item.message.deleted ? item.message : undefined
  }

  function stopReadingOut() {
    withdraw?.()
    withdraw = undefined
    readOut = []
  }

  function readOutBatch() {
    stopWaiting = undefined
    const messages = batch.flatMap((seq) => messageOf(seq) ?? [])
    batch = []
    if (messages.length === 0) return
    withdraw = announce(announcementOf(messages))
    // A count holds no text that could change.
    readOut = messages.length <= MAX_READ_OUT ? messages : []
  }

  return () => {
    dispose()
    stopWaiting?.()
  }
}

function announcementOf(messages: readonly Message[]): string {
  if (messages.length <= MAX_READ_OUT) {
    return messages.map(({ username, body }) => t.room.timeline.announced(username, body)).join(' ')
  }
  return t.room.timeline.announcedMany(messages.length, [
    ...new Set(messages.map(({ username }) => username)),
  ])
}
