import { LIMITS } from '../../src/protocol/limits.ts'
import type { Joined, LogEntry, Message, UnknownEntry } from '../../src/protocol/server-frames.ts'
import { changed, isChange, type MessageChange } from './apply-change.ts'
import { createMessageItems } from './message-items.ts'
import { overlay } from './overlay.ts'
import type { OutboxEntry, TimelineItem } from './types.ts'

/** How many rows a session keeps that it heard, unless it was asked for another number. */
const KEPT_ROWS = 5_000
const KEPT_CHANGES = 1_000

/** A place in a log. A resume starts from one; a change names the one at which it was first sent. */
export interface TimelinePosition {
  readonly seq: number
  readonly epoch: string
  /** Every change after this one, up to `seq`, was seen here. */
  readonly from: number
  /** The id of the change at `seq`, if it is known. */
  readonly last?: string
}

/**
 * - `applied`: the next change, now part of the log
 * - `repeat`: it was in the log already
 * - `gap`: a change before it is missing; nothing was applied
 */
export type Applied = 'applied' | 'repeat' | 'gap'

/** The room's log as far as it is known here, and the rows to show of it together with the outbox. */
export interface Timeline {
  /** Up to here no change is missing. Undefined before the first page, and while a fresh start waits for its page. */
  readonly cursor: TimelinePosition | undefined
  /** As `cursor`; but while a fresh start waits for its page, the place of the rows that are still shown. */
  readonly shownPosition: TimelinePosition | undefined
  /** The oldest message loaded. */
  readonly oldest: number | undefined
  readonly hasOlder: boolean
  readonly topic: string
  /** A resume continues at the cursor. A fresh start replaces everything once its page arrives. */
  join(joined: Joined): void
  /** Shows messages that an earlier visit cached, until the room answers. */
  seedFromCache(personId: string, messages: readonly Message[]): void
  /** Applies the next change. One of an unknown kind only moves the cursor. */
  apply(entry: LogEntry | UnknownEntry): Applied
  /** Takes the newest page, with which a fresh start begins. Returns false if none was awaited. */
  begin(messages: readonly Message[]): boolean
  /** Adds the messages right before the oldest one. */
  prepend(messages: readonly Message[], hasOlder: boolean): void
  /** Lets go of the oldest messages beyond the number to keep, and those that were asked for. Older pages bring them again. */
  trim(): void
  /** Confirmed messages, then those of the outbox. The same array while neither changes. */
  items(entries: readonly OutboxEntry[]): readonly TimelineItem[]
}

export function createTimeline(keptRows = KEPT_ROWS): Timeline {
  let personId = ''
  let rows = createMessageItems(personId)
  /** How many messages came with older pages. */
  let asked = 0
  /** The newest changes of messages that are not loaded. */
  let earlyChanges: readonly MessageChange[] = []
  let cursor: TimelinePosition | undefined
  let shownPosition: TimelinePosition | undefined
  let freshStart: Joined | undefined
  let isFromCache = false
  let hasOlder = false
  let topic = ''
  let topicRev = -1
  let last: { entries: readonly OutboxEntry[]; items: readonly TimelineItem[] } | undefined

  function moveTo(position: TimelinePosition): void {
    cursor = position
    shownPosition = position
  }

  function applyEntry(entry: LogEntry | UnknownEntry): void {
    if (entry.event === 'updateChat') return addMessages([entry.data])
    if (isChange(entry)) return applyChange(entry)
    if (entry.event === 'unknown' || entry.data.seq <= topicRev) return
    topic = entry.data.topic
    topicRev = entry.data.seq
  }

  function applyChange(entry: MessageChange): void {
    if (!rows.change(entry) && hasOlder) earlyChanges = [...earlyChanges.slice(1 - KEPT_CHANGES), entry]
  }

  function addMessages(messages: readonly Message[]): void {
    rows.put(messages.map(withEarlyChanges))
  }

  function withEarlyChanges(message: Message): Message {
    return earlyChanges.filter(({ data }) => data.ref === message.seq).reduce(changed, message)
  }

  /** Makes the rows those of this person: their own messages have other keys. */
  function belongTo(owner: string): void {
    if (owner === personId) return
    personId = owner
    const { all } = rows
    rows = createMessageItems(personId)
    rows.put(all.map(({ message }) => message))
  }

  return {
    get cursor() {
      return cursor
    },
    get shownPosition() {
      return shownPosition
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
    seedFromCache(owner, messages) {
      if (shownPosition !== undefined || freshStart !== undefined) return
      last = undefined
      belongTo(owner)
      addMessages(messages)
      isFromCache = true
    },
    join(joined) {
      last = undefined
      if (isFromCache) rows = createMessageItems(personId)
      isFromCache = false
      belongTo(joined.by)
      if (joined.topic !== undefined) {
        topic = joined.topic
        topicRev = joined.seq
      }
      freshStart = joined.resumed ? undefined : joined
      if (!joined.resumed) cursor = undefined
    },
    apply(entry) {
      if (cursor === undefined || entry.data.seq > cursor.seq + 1) return 'gap'
      if (entry.data.seq <= cursor.seq) return 'repeat'
      last = undefined
      moveTo({ ...cursor, seq: entry.data.seq, last: entry.data.id })
      applyEntry(entry)
      return 'applied'
    },
    begin(messages) {
      if (freshStart === undefined) return false
      last = undefined
      rows = createMessageItems(personId)
      asked = 0
      earlyChanges = []
      hasOlder = messages.length >= LIMITS.historyPage
      if (freshStart.topic === undefined) topic = ''
      topicRev = freshStart.seq
      const { seq, epoch, last: id } = freshStart
      moveTo({ seq, epoch, from: seq, ...(id === undefined ? {} : { last: id }) })
      freshStart = undefined
      addMessages(messages)
      return true
    },
    prepend(messages, more) {
      last = undefined
      addMessages(messages)
      asked += messages.length
      hasOlder = more
    },
    trim() {
      const excess = rows.all.length - asked - keptRows
      if (excess <= 0) return
      last = undefined
      rows.dropOldest(excess)
      hasOlder = true
    },
    items(entries) {
      if (last?.entries !== entries)
        last = { entries, items: overlay(rows, entries, personId, shownPosition?.epoch) }
      return last.items
    },
  }
}
