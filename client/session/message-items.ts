import type { Message } from '../../src/protocol/server-frames.ts'
import { changed, type MessageChange, revOf, withoutName } from './apply-change.ts'
import type { TimelineItem } from './types.ts'

export type MessageItem = Extract<TimelineItem, { kind: 'message' }>

/** Confirmed messages as rows, ordered by `seq`. A change replaces only the row it concerns. */
export interface MessageItems {
  readonly all: readonly MessageItem[]
  find(seq: number): MessageItem | undefined
  /** Adds messages, oldest first. Of two copies the one with the higher `rev` stays. */
  put(messages: readonly Message[]): void
  /** Lets go of the oldest rows. */
  dropOldest(count: number): void
  /** Applies a change; answers whether its message is here, or it is of no single one. */
  change(change: MessageChange): boolean
  /** All rows, with these instead of those with the same `seq`. */
  with(others: Iterable<MessageItem>): MessageItem[]
}

/** `personId` owns the rows: the key of their own messages is the id under which they were sent. */
export function createMessageItems(personId: string): MessageItems {
  let all: MessageItem[] = []

  function rowOf(message: Message): MessageItem {
    const mine = message.by === personId
    return { kind: 'message', key: mine ? message.id : `#${message.seq}`, message, mine }
  }

  function find(seq: number): MessageItem | undefined {
    const row = all[indexOf(all, seq)]
    return row?.message.seq === seq ? row : undefined
  }

  function putOne(message: Message): void {
    const index = indexOf(all, message.seq)
    const row = all[index]
    if (row?.message.seq !== message.seq) all.splice(index, 0, rowOf(message))
    else if (revOf(message) > revOf(row.message)) all[index] = rowOf(message)
  }

  return {
    get all() {
      return all
    },
    find,
    put(messages) {
      const oldest = all[0]
      const isOlder = oldest === undefined || messages.every(({ seq }) => seq < oldest.message.seq)
      if (isOlder) all = [...messages.map(rowOf), ...all]
      else for (const message of messages) putOne(message)
    },
    dropOldest(count) {
      all = all.slice(count)
    },
    change(change) {
      const { data } = change
      if ('forgotten' in data) {
        all = all.map((row) => {
          const message = withoutName(row.message, data)
          return message === row.message ? row : rowOf(message)
        })
        return true
      }
      const row = find(data.ref)
      if (row) all[indexOf(all, data.ref)] = rowOf(changed(row.message, change))
      return row !== undefined
    },
    with(others) {
      const rows = all.slice()
      for (const other of others) rows[indexOf(rows, other.message.seq)] = other
      return rows
    },
  }
}

/** The index of `seq`, or where it belongs. Nearly every message is the newest. */
function indexOf(rows: readonly MessageItem[], seq: number): number {
  const newest = rows.at(-1)
  if (newest === undefined || newest.message.seq < seq) return rows.length
  let low = 0
  let high = rows.length - 1
  while (low < high) {
    const middle = (low + high) >>> 1
    const row = rows[middle]
    if (row !== undefined && row.message.seq < seq) low = middle + 1
    else high = middle
  }
  return low
}
