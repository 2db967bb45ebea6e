import type { LogEntry, Message, ServerData, UnknownEntry } from '../../src/protocol/server-frames.ts'
import { isChange } from './apply-change.ts'
import type { ConnectionDriver } from './connection-driver.ts'
import type { History } from './history.ts'
import { logEntryOf } from './log-entry-of.ts'
import type { Outbox } from './outbox.ts'
import type { People } from './people.ts'
import type { Self } from './self.ts'
import type { Timeline } from './timeline.ts'

/** Takes what the room tells of its log, and settles the outbox by it. */
export interface LogReceiver {
  entry(entry: LogEntry | UnknownEntry): void
  /** The newest page, which starts the timeline, or one that `history` asked for. */
  page(messages: readonly Message[]): void
  ack(ack: ServerData<'ack'>): void
  /** Starts sending once no change is missing: an entry that is in the log already must not go out again. */
  connectOutbox(): void
}

interface Deps {
  room: string
  /** A watcher gets changes late, also those before its own. */
  isWatching: boolean
  self(): Self
  connection: Pick<ConnectionDriver, 'state' | 'report'>
  timeline: Timeline
  history: History
  outbox: Outbox
  people: People
  /** The room has forgotten a person. */
  forget(personId: string): void
  changed(): void
}

export function createLogReceiver(deps: Deps): LogReceiver {
  const { room, isWatching, self, connection, timeline, history, outbox, people, forget, changed } = deps

  function connectOutbox(): void {
    const { cursor } = timeline
    const { joined } = self()
    if (joined && cursor && cursor.seq >= joined.seq && connection.state.kind === 'live') outbox.connect()
  }

  function settleOwn({ by, id }: { by: string; id: string }): void {
    if (by === self().joined?.by) outbox.settle(id)
  }

  return {
    entry(entry) {
      const applied = timeline.apply(entry)
      if (applied === 'gap') return connection.report({ kind: 'gap' })
      settleOwn(entry.data)
      if (applied === 'repeat') return
      if (isChange(entry)) history.apply(entry)
      history.trim()
      if (entry.event === 'deleteChat' && 'forgotten' in entry.data) forget(entry.data.by)
      people.noteEntry(entry)
      connectOutbox()
      changed()
    },
    page(messages) {
      if (timeline.begin(messages)) {
        history.restart()
        people.restart()
        outbox.restart()
      } else if (!history.receive(messages)) return
      for (const message of messages.toReversed()) {
        settleOwn(message)
        people.noteMessage(message)
      }
      connectOutbox()
      changed()
    },
    /** The change is stored. If it is next in the log it is applied here; a repeated ack changes nothing. */
    ack({ id, seq, time, username = self().joinedAs }) {
      const cursor = timeline.cursor?.seq ?? -1
      const { joined } = self()
      if (seq > cursor) {
        const entry = outbox.entries.find((one) => one.id === id)
        if (entry === undefined || joined === undefined || seq > cursor + 1) {
          return isWatching ? outbox.settle(id) : connection.report({ kind: 'gap' })
        }
        timeline.apply(logEntryOf(entry.frame, { seq, id, by: joined.by, username, time, room }))
        history.trim()
      }
      outbox.settle(id)
      changed()
    },
    connectOutbox,
  }
}
