import type {
  Joined,
  LogEntry,
  Message,
  ReceivedFrame,
  UnknownEntry,
} from '../../src/protocol/server-frames.ts'
import { createPresenceEvents } from './presence-events.ts'
import { createRoster } from './roster.ts'
import type { Clock, SessionView } from './types.ts'
import { createTyping } from './typing.ts'

export type PresenceFrame = Extract<
  ReceivedFrame,
  { event: 'activeUsers' | 'presence' | 'userJoin' | 'userLeave' | 'userRename' | 'userTyping' }
>

/** The people in the room: who is present, who joined and left, and who is typing. */
export interface People {
  readonly view: Pick<SessionView, 'people' | 'online' | 'presenceEvents' | 'typing'>
  receive(frame: PresenceFrame): void
  selfJoined(joined: Joined): void
  /** Learns a name from a new entry of the log. Its author has finished typing. */
  noteEntry(entry: LogEntry | UnknownEntry): void
  /** Learns a name from a page of history. */
  noteMessage(message: Message): void
  /** The room has forgotten someone, who has left. */
  forget(personId: string): void
  /** Another log began. */
  restart(): void
  /** Typing signs no longer arrive. */
  disconnected(): void
}

interface Options {
  clock: Clock
  newestSeq(): number
  /** This person's id, once there was a join. */
  personId(): string | undefined
  changed(): void
}

export function createPeople({ clock, newestSeq, personId, changed }: Options): People {
  const roster = createRoster()
  const events = createPresenceEvents({ clock, roster, newestSeq })
  const typing = createTyping(clock, changed)

  return {
    get view() {
      return {
        people: roster.people,
        online: roster.online,
        presenceEvents: events.all,
        typing: typing.names,
      }
    },
    receive(frame) {
      switch (frame.event) {
        case 'activeUsers':
          roster.replace(frame.data)
          return changed()
        case 'presence':
          roster.count(frame.data.count)
          return changed()
        case 'userJoin':
          events.userJoin(frame.data)
          roster.add(frame.data)
          return changed()
        case 'userLeave':
          events.userLeave(frame.data)
          roster.remove(frame.data)
          typing.stopped(frame.data.by)
          return changed()
        case 'userRename':
          events.userRename(frame.data)
          roster.rename(frame.data)
          return changed()
        case 'userTyping':
          roster.noteName(frame.data)
          if (frame.data.by !== personId()) typing.started(frame.data)
          return
        default:
          return frame satisfies never
      }
    },
    selfJoined(joined) {
      events.selfJoined()
      roster.noteName(joined)
    },
    noteEntry({ event, data }) {
      roster.noteFormerName(data)
      if (event === 'updateChat') typing.stopped(data.by)
    },
    noteMessage: roster.noteFormerName,
    forget(personId) {
      roster.forget(personId)
      events.forget(personId)
    },
    restart: events.clear,
    disconnected: typing.clear,
  }
}
