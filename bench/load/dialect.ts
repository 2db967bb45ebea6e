/** A person's place in a room, and what their client remembers of it. */
export interface Seat {
  readonly index: number
  readonly label: string
  readonly username: string
  readonly room: string
  epoch: string
  /** The newest `seq` they have seen. */
  seen: number
}

/** The content of a frame without messages. */
export interface Note {
  /** How many of the person's own messages it acknowledges. */
  acks?: number
  reply?: string
  /** Whether it lists the people present. */
  roster?: boolean
  /** How often the server's object was constructed, if the server says. */
  made?: number
}

/** The protocol of a kind of server. Every frame is text. */
export interface Dialect {
  path(seat: Seat): string
  /** Headers of the upgrade request, each with its line end. */
  headers(seat: Seat): string
  /** Sent as soon as the socket is open. */
  hello(seat: Seat): string[]
  /** Reads a frame that arrives before the join is complete: the reply, and whether this frame completes it. */
  enter(text: string, seat: Seat): { reply?: string; isIn: boolean }
  say(message: { ordinal: number; body: string }, seat: Seat): string
  /** Reads a frame without messages, after the join. */
  note(text: string): Note
  /** Reads from a frame with messages what a client remembers. */
  see?(bytes: Buffer, start: number, end: number, seat: Seat): void
  /** The heartbeat of a client. */
  heartbeat?: string
  /** Asks whether the server's object slept. The reply is `made` or, after a sleep, the roster. */
  askSlept?(seat: Seat): string
  /** A typing notice. */
  typing?(seat: Seat): string
}

/** Fails the measurement: such a frame means a fault in the bench or the server. */
export function unexpected(text: string): never {
  throw new Error(`Unexpected frame from a server: ${text.slice(0, 300)}`)
}

export function count(text: string, part: string): number {
  let found = 0
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) found += 1
  return found
}
