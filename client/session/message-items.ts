import type { Message } from '../../src/protocol/server-frames.ts'
import { revOf } from './apply-change.ts'
import type { TimelineItem } from './types.ts'

export type MessageItem = Extract<TimelineItem, { kind: 'message' }>

/** Confirmed messages by `seq`, as rows to show. Only the row that changes is made anew. */
export interface MessageItems {
  readonly all: readonly MessageItem[]
  find(seq: number): MessageItem | undefined
  /** Takes messages in, oldest first; of two copies the one with the higher `rev` stays. */
  put(messages: readonly Message[]): void
  replace(message: Message): void
  /** All rows, with these in the place of theirs. */
  with(others: Iterable<MessageItem>): MessageItem[]
}

/** `by` is the person whose rows these are; their own keep the id they were sent under as their key. */
export function createMessageItems(by: string): MessageItems {
  let all: MessageItem[] = []

  function rowOf(message: Message): MessageItem {
    const mine = message.by === by
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
    replace(message) {
      const index = indexOf(all, message.seq)
      if (all[index]?.message.seq === message.seq) all[index] = rowOf(message)
    },
    with(others) {
      const rows = all.slice()
      for (const other of others) rows[indexOf(rows, other.message.seq)] = other
      return rows
    },
  }
}

/** Where `seq` is or would be. What comes is nearly always the newest. */
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
