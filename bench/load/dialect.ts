/** Where a person sits, and what of the room a client of theirs would remember. */
export interface Seat {
  readonly index: number
  readonly label: string
  readonly username: string
  readonly room: string
  epoch: string
  /** The newest number of the log they have seen. */
  seen: number
}

/** What a frame without messages tells. */
export interface Note {
  /** How many of one's own messages it says are stored. */
  acks?: number
  reply?: string
  /** It lists who is here. */
  roster?: boolean
  /** How often the server's object was made, where it tells. */
  made?: number
}

/** How one kind of server is spoken to. Every frame is text. */
export interface Dialect {
  path(seat: Seat): string
  /** Headers of the upgrade, each with its line end. */
  headers(seat: Seat): string
  /** Sent as soon as the socket is open. */
  hello(seat: Seat): string[]
  /** A frame before one is in: what to answer, and whether one is in with it. */
  enter(text: string, seat: Seat): { reply?: string; isIn: boolean }
  say(message: { ordinal: number; body: string }, seat: Seat): string
  /** A frame without messages, once one is in. */
  note(text: string): Note
  /** Reads off a frame with messages what a client would remember of it. */
  see?(bytes: Buffer, start: number, end: number, seat: Seat): void
  /** What a client sends now and then to show that it is there. */
  heartbeat?: string
  /** Asks whether the server's object slept: answered by `made` or, after a sleep, by the roster. */
  askSlept?(seat: Seat): string
  /** What someone sends who is typing. */
  typing?(seat: Seat): string
}

/** A frame that means the bench is wrong, or the server: nothing measured after it is worth anything. */
export function unexpected(text: string): never {
  throw new Error(`Not expected from a server: ${text.slice(0, 300)}`)
}

export function count(text: string, part: string): number {
  let found = 0
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) found += 1
  return found
}
