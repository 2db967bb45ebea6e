import { logEntryOf, type OutboxFrame } from '../../client/session/index.ts'
import { parseServerFrames } from '../../src/protocol/parse-server-frames.ts'
import {
  isLogEntry,
  type Joined,
  type LogEntry,
  type Message,
  type ReceivedFrame,
  type ServerData,
} from '../../src/protocol/server-frames.ts'
import { afterChange, isAboutMessage } from '../../tools/delivery/model.ts'
import type { RawClient } from './raw-client.ts'

/** A change that a person typed, with its ack or refusal. */
export interface TypedChange {
  readonly id: string
  readonly frame: OutboxFrame
  ack?: ServerData<'ack'>
  refused?: string
}

/** A change as it stands in the log. */
export function logEntryFor(
  { frame }: Pick<TypedChange, 'frame'>,
  place: Parameters<typeof logEntryOf>[1],
): LogEntry {
  const entry = logEntryOf(frame, place)
  if (entry.event === 'unknown') throw new Error(`unknown: ${JSON.stringify(frame)}`)
  return entry
}

/** A client's view of the room: the current messages, up to `seq`. */
export interface ClientView {
  epoch: string
  seq: number
  messages: Message[]
}

/** One connection: what its client requested and received, parsed as any client does. */
export class RecordedConnection {
  readonly raw: RawClient
  /** The view that the client resumed from. */
  readonly resumedFrom: ClientView | undefined
  /** The deletions acked before this connection was opened. */
  readonly deletions: readonly number[]
  joined: Joined | undefined
  page: Message[] | undefined
  /** All received changes, with the client's own at the place of their acks. */
  readonly entries: LogEntry[] = []
  readonly acks: ServerData<'ack'>[] = []
  known: ClientView | undefined
  readonly #mine: ReadonlyMap<string, TypedChange>
  #texts = 0
  #closed = false

  constructor(
    raw: RawClient,
    mine: ReadonlyMap<string, TypedChange>,
    { resumes, deletions = [] }: { resumes?: ClientView | undefined; deletions?: readonly number[] } = {},
  ) {
    this.raw = raw
    this.#mine = mine
    this.resumedFrom = structuredClone(resumes)
    this.known = structuredClone(resumes)
    this.deletions = deletions
  }

  /** Closes the connection, and ignores later frames. */
  close(): void {
    this.read()
    this.#closed = true
    this.raw.close(1000)
  }

  /** Reads all new frames. */
  read(): void {
    if (this.#closed) return
    for (const text of this.raw.texts.slice(this.#texts)) {
      for (const frame of parseServerFrames(text)) this.#take(frame)
      this.#texts += 1
    }
  }

  #take(frame: ReceivedFrame): void {
    const { joined } = this
    if (joined === undefined) {
      if (frame.event !== 'joined') throw new Error(`first: ${JSON.stringify(frame)} came before joined`)
      this.joined = frame.data
      if (frame.data.resumed && this.known?.epoch !== frame.data.epoch) throw new Error('epoch: another one')
      return
    }
    if (isLogEntry(frame)) return this.#apply(frame)
    switch (frame.event) {
      case 'joined':
        throw new Error('first: joined came twice')
      case 'msgHistory':
        this.page = frame.data
        this.known = { epoch: joined.epoch, seq: joined.seq, messages: structuredClone(frame.data) }
        return
      case 'ack':
        return this.#acknowledge(frame.data, joined)
      case 'error':
        return this.#refuse(frame.data)
    }
  }

  #apply(entry: LogEntry): void {
    const { known } = this
    if (known === undefined || entry.data.seq !== known.seq + 1)
      throw new Error(`gap: ${JSON.stringify(entry)} came after ${known?.seq}`)
    this.entries.push(entry)
    known.seq += 1
    if (entry.event === 'updateChat') known.messages.push(entry.data)
    if (!isAboutMessage(entry)) return
    const { ref, seq } = entry.data
    // A current message already includes changes up to its `rev`.
    known.messages = known.messages.map((message) =>
      message.seq === ref && seq > (message.rev ?? 0) ? afterChange(message, entry) : message,
    )
  }

  #acknowledge(ack: ServerData<'ack'>, { by, username, room }: Joined): void {
    const change = this.#mine.get(ack.id)
    if (change === undefined) throw new Error(`acked: ${ack.id}, which was never sent`)
    change.ack = ack
    this.acks.push(ack)
    if (this.known !== undefined && ack.seq <= this.known.seq) return
    this.#apply(logEntryFor(change, { by, username, room, ...ack }))
  }

  #refuse({ code, id }: ServerData<'error'>): void {
    const change = this.#mine.get(id ?? '')
    if (change !== undefined) change.refused = code
    else if (code !== 'unknown-event') throw new Error(`refused: ${code}`)
  }
}
