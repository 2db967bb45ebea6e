import { LIMITS } from '../../src/protocol/limits.ts'
import type { Joined, LogEntry, Message, UnknownEntry } from '../../src/protocol/server-frames.ts'
import { changed, isChange, type MessageChange } from './apply-change.ts'
import { createMessageItems } from './message-items.ts'
import { overlay } from './overlay.ts'
import type { OutboxEntry, TimelineItem } from './types.ts'

/** Where in which log: what a resume and a first queueing name. */
export interface TimelinePosition {
  readonly seq: number
  readonly epoch: string
}

/**
 * - `applied`: the next change, now part of the log
 * - `repeat`: it was there already
 * - `gap`: something before it is missing; nothing was changed
 */
export type Applied = 'applied' | 'repeat' | 'gap'

/** The room's log as far as it is known here, and what is shown of it together with the outbox. */
export interface Timeline {
  /** Up to where nothing is missing. Absent before the first page, and while a fresh start waits for its page. */
  readonly cursor: TimelinePosition | undefined
  /** As `cursor`, but while a fresh start waits for its page, still that of what is shown. */
  readonly shown: TimelinePosition | undefined
  /** The oldest message loaded. */
  readonly oldest: number | undefined
  readonly hasOlder: boolean
  readonly topic: string
  /** A resume goes on from the cursor; a fresh start replaces everything once its page is here. */
  join(joined: Joined): void
  /** What an earlier visit kept, for as long as nothing is known from the room itself. */
  recall(person: string, messages: readonly Message[]): void
  /** One of an unknown kind moves the cursor and changes nothing. */
  apply(entry: LogEntry | UnknownEntry): Applied
  /** The newest page, which a fresh start begins with. Answers false where none was waited for. */
  begin(messages: readonly Message[]): boolean
  /** What lies right before the oldest message. */
  prepend(messages: readonly Message[], hasOlder: boolean): void
  /** Confirmed messages, then what is in the outbox. The same array as long as neither changed. */
  items(entries: readonly OutboxEntry[]): readonly TimelineItem[]
}

export function createTimeline(): Timeline {
  let by = ''
  let rows = createMessageItems(by)
  /** Changes of messages that are not loaded, for when they are. */
  let early = new Map<number, MessageChange[]>()
  let cursor: TimelinePosition | undefined
  let shown: TimelinePosition | undefined
  let fresh: Joined | undefined
  let isRecalled = false
  let hasOlder = false
  let topic = ''
  let topicRev = -1
  let last: { entries: readonly OutboxEntry[]; items: readonly TimelineItem[] } | undefined

  function moveTo(position: TimelinePosition): void {
    cursor = position
    shown = position
  }

  function fold(entry: LogEntry | UnknownEntry): void {
    if (entry.event === 'updateChat') return take([entry.data])
    if (isChange(entry)) return change(entry)
    if (entry.event === 'unknown' || entry.data.seq <= topicRev) return
    topic = entry.data.topic
    topicRev = entry.data.seq
  }

  function change(entry: MessageChange): void {
    const { ref } = entry.data
    const row = rows.find(ref)
    if (row !== undefined) rows.replace(changed(row.message, entry))
    else if (hasOlder) early.set(ref, [...(early.get(ref) ?? []), entry])
  }

  function take(messages: readonly Message[]): void {
    rows.put(messages.map(withEarly))
  }

  function withEarly(message: Message): Message {
    const changes = early.get(message.seq)
    if (changes === undefined) return message
    early.delete(message.seq)
    return changes.reduce(changed, message)
  }

  function recognise(person: string): void {
    if (person === by) return
    by = person
    const { all } = rows
    rows = createMessageItems(by)
    rows.put(all.map(({ message }) => message))
  }

  return {
    get cursor() {
      return cursor
    },
    get shown() {
      return shown
    },
    get oldest() {
      return rows.all[0]?.message.seq
    },
    get hasOlder() {
      return hasOlder
    },
    get topic() {
      return topic
    },
    recall(person, messages) {
      if (shown !== undefined || fresh !== undefined) return
      last = undefined
      recognise(person)
      take(messages)
      isRecalled = true
    },
    join(joined) {
      last = undefined
      if (isRecalled) rows = createMessageItems(by)
      isRecalled = false
      recognise(joined.by)
      if (joined.topic !== undefined) {
        topic = joined.topic
        topicRev = joined.seq
      }
      fresh = joined.resumed ? undefined : joined
      if (!joined.resumed) cursor = undefined
    },
    apply(entry) {
      if (cursor === undefined || entry.data.seq > cursor.seq + 1) return 'gap'
      if (entry.data.seq <= cursor.seq) return 'repeat'
      last = undefined
      moveTo({ ...cursor, seq: entry.data.seq })
      fold(entry)
      return 'applied'
    },
    begin(messages) {
      if (fresh === undefined) return false
      last = undefined
      rows = createMessageItems(by)
      early = new Map()
      hasOlder = messages.length >= LIMITS.historyPage
      if (fresh.topic === undefined) topic = ''
      topicRev = fresh.seq
      moveTo({ seq: fresh.seq, epoch: fresh.epoch })
      fresh = undefined
      take(messages)
      return true
    },
    prepend(messages, more) {
      last = undefined
      take(messages)
      hasOlder = more
    },
    items(entries) {
      if (last?.entries !== entries) last = { entries, items: overlay(rows, entries, by) }
      return last.items
    },
  }
}
