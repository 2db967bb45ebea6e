import { computed, effect, type Signal, signal, untracked } from '@preact/signals'
import type { Joined } from '../../src/protocol/server-frames.ts'
import type { Session, SessionView } from '../session/index.ts'
import type { RecentRoom } from '../storage/recent-rooms.ts'
import type { RoomSummaries } from '../storage/room-summaries.ts'
import type { OpenRoom } from './open-room.ts'
import { summariseRoom } from './summarise-room.ts'

/** At most this many rooms are watched: the most recent. */
const MOST_ROOMS = 8
/** A session keeps everything it has received. After this many messages a new one, with the newest page, replaces it. */
const MOST_ITEMS = 400

/** The session of one watched room, and what ends it. */
export interface BackgroundSession {
  session: Pick<Session, 'view' | 'subscribe' | 'dismiss'>
  end(): void
}

export interface BackgroundSessionsDeps {
  recent(): readonly RecentRoom[]
  /** The room of this tab's address, open yet or not. */
  here(): string | undefined
  open(): Pick<OpenRoom, 'room' | 'session' | 'view'> | undefined
  /** Whether this tab watches for all tabs. */
  isLeader(): boolean
  connect(room: RecentRoom): BackgroundSession
  placeOf(room: string, self: Joined): number | undefined
  /** The room has no read marker, or its marker is of an earlier epoch. */
  beginAt(room: string, seq: number): void
  summaries(): RoomSummaries
  saveSummaries(summaries: RoomSummaries): void
}

interface Watched extends BackgroundSession {
  view: Signal<SessionView>
}

/** The rooms to watch: the most recent that are not open here and have not refused the person. */
export function roomsToWatch(
  recent: readonly RecentRoom[],
  here: string | undefined,
  unavailable: ReadonlySet<string>,
): readonly RecentRoom[] {
  return recent.filter(({ room }) => room !== here && !unavailable.has(room)).slice(0, MOST_ROOMS)
}

/** Watches the person's other rooms, with a session for each, and reports what is unread in them. */
export function createBackgroundSessions(deps: BackgroundSessionsDeps) {
  const watched = signal<ReadonlyMap<string, Watched>>(new Map())
  const unavailable = signal<ReadonlySet<string>>(new Set())

  function begin(visit: RecentRoom): Watched {
    const watching = deps.connect(visit)
    const view = signal(watching.session.view)
    const stopReading = watching.session.subscribe(() => look(visit, watching, view))
    const end = () => {
      stopReading()
      watching.end()
    }
    return { ...watching, view, end }
  }

  function look(visit: RecentRoom, { session }: BackgroundSession, view: Signal<SessionView>): void {
    const before = view.peek()
    const now = session.view
    if (now.self && now.self !== before.self && !now.self.resumed) settle(visit.room, now.self)
    view.value = now
    if (now.status.kind === 'fatal' || now.status.kind === 'refused') {
      unavailable.value = new Set([...unavailable.peek(), visit.room])
    } else if (now.timeline.length > MOST_ITEMS) renew(visit)
  }

  function settle(room: string, self: Joined): void {
    const place = deps.placeOf(room, self)
    if (place === undefined || place > self.seq) deps.beginAt(room, self.seq)
  }

  function renew(visit: RecentRoom): void {
    watched.peek().get(visit.room)?.end()
    watched.value = new Map([...watched.peek(), [visit.room, begin(visit)]])
  }

  /** Leaves running sessions alone. */
  function keepTo(wanted: readonly RecentRoom[]): void {
    const known = watched.peek()
    const names = new Set(wanted.map(({ room }) => room))
    for (const [room, { end }] of known) if (!names.has(room)) end()
    if (names.size === known.size && [...names].every((room) => known.has(room))) return
    watched.value = new Map(wanted.map((visit) => [visit.room, known.get(visit.room) ?? begin(visit)]))
  }

  const stopWatching = effect(() => {
    const here = deps.here()
    // The person has joined the room again, so it no longer refuses them.
    if (here !== undefined && unavailable.value.has(here)) {
      unavailable.value = new Set([...unavailable.peek()].filter((room) => room !== here))
    }
    const wanted = deps.isLeader() ? roomsToWatch(deps.recent(), here, unavailable.value) : []
    untracked(() => keepTo(wanted))
  })

  function viewOf(room: string): SessionView | undefined {
    const open = deps.open()
    return open?.room === room ? open.view.value : watched.value.get(room)?.view.value
  }

  const stopSummarising = effect(() => {
    if (!deps.isLeader()) return
    const before = untracked(deps.summaries)
    const summaries = deps.recent().flatMap(({ room }) => {
      const view = viewOf(room)
      const self = view?.self
      // A room's last summary stays until there is a newer one.
      const summary =
        view && self ? summariseRoom(room, view, deps.placeOf(room, self) ?? self.seq) : before[room]
      return summary === undefined || unavailable.value.has(room) ? [] : [[room, summary] as const]
    })
    untracked(() => deps.saveSummaries(Object.fromEntries(summaries)))
  })

  return {
    /** The rooms watched here. */
    views: computed(() => [...watched.value].map(([room, { view }]) => ({ room, view: view.value }))),
    /** Dismisses an invitation in the session that received it. */
    dismiss(home: string, room: string): void {
      watched.peek().get(home)?.session.dismiss(room)
      const open = untracked(deps.open)
      if (open?.room === home) open.session.dismiss(room)
    },
    dispose(): void {
      stopSummarising()
      stopWatching()
      keepTo([])
    },
  }
}
