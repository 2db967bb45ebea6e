import { type Fields, fieldsOf, numberOf, textOf } from '../lib/parse-unknown.ts'

/** Other people's messages above the read marker of a room. */
export interface UnreadCount {
  count: number
  /** There are more than were counted. */
  more: boolean
  /** One of them mentions the reader. */
  called: boolean
  /** The newest counted `seq`: a marker at or above it leaves none unread. */
  upTo: number
}

/** Someone in the room `home` invites the person to the private room `room`. */
export interface WaitingInvitation {
  home: string
  room: string
  from: string
}

/** What the page shows of a background room. */
export interface RoomSummary {
  unread?: UnreadCount
  waiting: readonly WaitingInvitation[]
}

/** By room. */
export type RoomSummaries = Readonly<Record<string, RoomSummary>>

export function withoutInvitation(summaries: RoomSummaries, room: string): RoomSummaries {
  const entries = Object.entries(summaries)
  return Object.fromEntries(
    entries.map(([home, { waiting, ...one }]) => [
      home,
      { ...one, waiting: waiting.filter((invitation) => invitation.room !== room) },
    ]),
  )
}

/** Reads what another tab or an earlier visit stored. */
export function parseSummaries(text: string | undefined): RoomSummaries {
  try {
    const kept = fieldsOf(JSON.parse(text ?? '{}')) ?? {}
    return Object.fromEntries(
      Object.entries(kept).flatMap(([room, value]) => {
        const fields = fieldsOf(value)
        return fields ? [[room, readOne(room, fields)]] : []
      }),
    )
  } catch {
    return {}
  }
}

function readOne(home: string, fields: Fields): RoomSummary {
  const unread = readUnread(fieldsOf(fields.unread))
  const waiting = Array.isArray(fields.waiting)
    ? fields.waiting.flatMap((value: unknown) => readWaiting(home, fieldsOf(value)))
    : []
  return unread === undefined ? { waiting } : { unread, waiting }
}

function readUnread(fields: Fields | undefined): UnreadCount | undefined {
  const [count, upTo] = [numberOf(fields?.count), numberOf(fields?.upTo)]
  if (count === undefined || upTo === undefined) return undefined
  return { count, upTo, more: fields?.more === true, called: fields?.called === true }
}

function readWaiting(home: string, fields: Fields | undefined): WaitingInvitation[] {
  const [room, from] = [textOf(fields?.room), textOf(fields?.from)]
  return room === undefined || from === undefined ? [] : [{ home, room, from }]
}
