import type { ClientFrame } from '../../src/protocol/client-frames.ts'
import { CLOSE } from '../../src/protocol/errors.ts'
import { LIMITS } from '../../src/protocol/limits.ts'
import type {
  Joined,
  LogEntry,
  Message,
  ReceivedFrame,
  ServerData,
  UnknownEntry,
} from '../../src/protocol/server-frames.ts'
import { PROTOCOL_VERSION } from '../../src/protocol/version.ts'
import { isChange } from './apply-change.ts'
import { createConnectionDriver } from './connection-driver.ts'
import { createHistoryWindow, type HistoryWindowStore } from './history-window.ts'
import { createInvitations } from './invitations.ts'
import { logEntryOf, wishedTopic } from './log-entry-of.ts'
import type { ConnectionProblem } from './machine.ts'
import { createObservable } from './observable.ts'
import { createOutbox, staysWhenFailed } from './outbox.ts'
import { createPaging, type Wanted } from './paging.ts'
import { createPresenceEvents } from './presence-events.ts'
import { createReadMarker } from './read-marker.ts'
import { createRoster } from './roster.ts'
import { isOver, statusOf } from './status.ts'
import { createTimeline } from './timeline.ts'
import type { OutboxFrame, Session, SessionOptions, SessionView } from './types.ts'
import { createTyping } from './typing.ts'

const TYPING_EVERY_MS = 3_000

/**
 * Opens a session in one room and connects at once. Nothing has to be awaited: `view` is there from the start, and
 * `subscribe` tells of every change of it.
 *
 * What is typed goes through the outbox, offline too: `send`, `edit`, `remove`, `react` and `setTopic` show at once
 * and resolve when the storage has them; they reject only where the storage fails, and then nothing was queued. What
 * the server refuses for good becomes a `failed` row (a refused reaction or topic a `notice`).
 *
 * `invite` and `dismiss` wait for a connection; `typing` does not.
 */
export function openSession(options: SessionOptions): Session {
  const { room, clock } = options
  const view = createObservable(look)
  const { changed } = view
  const paging = createPaging({
    clock,
    ask: (query) => connection.send({ event: 'msgHistory', data: query }),
    lost: () => connection.tell({ kind: 'unanswered' }),
  })
  const timeline = createTimeline()
  let past: HistoryWindowStore | undefined
  const roster = createRoster()
  const passages = createPresenceEvents({
    clock,
    roster,
    newestSeq: () => Math.max(timeline.cursor?.seq ?? 0, self?.seq ?? 0),
  })
  const typing = createTyping(clock, changed)
  const invitations = createInvitations(clock, changed)
  let username = options.username
  let self: Joined | undefined
  /** The name this connection joined under, whatever became of it. */
  let joinedAs = ''
  let notice: SessionView['notice']
  let typedAt = Number.NEGATIVE_INFINITY
  /** What was asked of the server while it could not be reached, and is no durable change. */
  let later: ClientFrame[] = []

  const reading = createReadMarker(clock, (seq) => {
    if (connection.state.kind !== 'live') return false
    connection.send({ event: 'markRead', data: { seq, room } })
    return true
  })

  const outbox = createOutbox(
    { room, store: options.outbox, clock, random: options.random, newId: options.newId },
    {
      transmit: (frame) => connection.send(frame),
      position: () => timeline.shown,
      unanswered: () => connection.tell({ kind: 'unanswered' }),
      failed: ({ frame }, problem) => {
        if (!staysWhenFailed(frame)) notify(problem, frame.event)
      },
      changed,
      broken: () => notify({ code: 'internal', message: 'What was typed could not be kept on this device.' }),
    },
  )

  const connection = createConnectionDriver(
    { ...options, lateMs: options.watch ? LIMITS.watchGatherMs : 0 },
    {
      cursor: () => timeline.cursor?.seq ?? -1,
      joinFrame,
      renameFrame: () => ({ event: 'userRename', data: { username, room } }),
      receive,
      lost(code) {
        outbox.disconnect(code === CLOSE.tooLarge)
        typing.clear()
      },
      changed(_, after) {
        if (isOver(after)) paging.done()
        changed()
      },
    },
  )

  function joinFrame(): ClientFrame {
    const { cursor } = timeline
    return {
      event: 'userJoin',
      data: {
        username,
        room,
        version: PROTOCOL_VERSION,
        ...(options.watch ? { watch: true } : {}),
        ...(cursor ? { after: cursor.seq, epoch: cursor.epoch } : {}),
      },
    }
  }

  function receive(frame: ReceivedFrame): void {
    switch (frame.event) {
      case 'joined':
        return join(frame.data)
      case 'msgHistory':
        return readPage(frame.data)
      case 'updateChat':
      case 'editChat':
      case 'deleteChat':
      case 'react':
      case 'setTopic':
      case 'unknown':
        return log(frame)
      case 'ack':
        return acknowledge(frame.data)
      case 'error':
        return refuse(frame.data)
      case 'sync':
        return connection.send({ event: 'sync', data: { seq: timeline.cursor?.seq ?? 0 } })
      case 'activeUsers':
        roster.replace(frame.data)
        return changed()
      case 'presence':
        roster.count(frame.data.count)
        return changed()
      case 'userJoin':
        passages.userJoin(frame.data)
        roster.add(frame.data)
        return changed()
      case 'userLeave':
        passages.userLeave(frame.data)
        roster.remove(frame.data)
        typing.stopped(frame.data.by)
        return changed()
      case 'userRename':
        return renamed(frame.data)
      case 'userTyping':
        roster.meet(frame.data)
        if (frame.data.by !== self?.by) typing.started(frame.data)
        return
      case 'room':
      case 'standing':
        return amend(frame.data)
      case 'report':
        return options.reported?.(frame.data)
      case 'newRoom':
        return invitations.add(frame.data)
      default:
        return frame satisfies never
    }
  }

  /** How the room is kept, or what one is in it oneself, is not as `joined` told any more. */
  function amend(news: ServerData<'room'> | ServerData<'standing'>): void {
    if (self === undefined) return
    const { mutedUntil: _muted, blocked: _blocked, ...rest } = self
    self = 'role' in news ? { ...rest, ...news } : { ...self, ...news }
    changed()
  }

  function join(joined: Joined): void {
    const { state } = connection
    const isRenamed = state.kind === 'resuming' && state.renamed
    if (!isRenamed) username = joined.username
    self = joined
    joinedAs = joined.username
    timeline.join(joined)
    passages.selfJoined()
    roster.meet(joined)
    connection.tell({ kind: 'joined', seq: joined.seq })
    for (const frame of later) connection.send(frame)
    later = []
    reading.joined(joined.read, joined.seq)
    if (joined.resumed) paging.again()
    connectOutbox()
    changed()
  }

  /** Sending begins once nothing is missing: what is in the log already is not sent again. */
  function connectOutbox(): void {
    const { cursor } = timeline
    if (self && cursor && cursor.seq >= self.seq && connection.state.kind === 'live') outbox.connect()
  }

  function log(entry: LogEntry | UnknownEntry): void {
    const applied = timeline.apply(entry)
    if (applied === 'gap') return connection.tell({ kind: 'gap' })
    recognise(entry.data)
    if (applied === 'repeat') return
    if (isChange(entry)) past?.apply(entry)
    roster.recall(entry.data)
    if (entry.event === 'updateChat') typing.stopped(entry.data.by)
    connectOutbox()
    changed()
  }

  function recognise({ by, id }: { by: string; id: string }): void {
    if (by === self?.by) outbox.settle(id)
  }

  function readPage(messages: readonly Message[]): void {
    if (timeline.begin(messages)) {
      past = undefined
      passages.clear()
      outbox.restart()
      paging.done()
    } else if (!paging.take(messages)) return
    for (const message of messages.toReversed()) {
      recognise(message)
      roster.recall(message)
    }
    connectOutbox()
    changed()
  }

  /** It is stored. Where it comes next in the log it takes its place there; a repeated ack is only good news. */
  function acknowledge({ id, seq, time, username = joinedAs }: ServerData<'ack'>): void {
    const cursor = timeline.cursor?.seq ?? -1
    if (seq > cursor) {
      const entry = outbox.entries.find((one) => one.id === id)
      if (entry === undefined || self === undefined || seq > cursor + 1) {
        return options.watch ? outbox.settle(id) : connection.tell({ kind: 'gap' })
      }
      timeline.apply(logEntryOf(entry.frame, { seq, id, by: self.by, username, time, room }))
    }
    outbox.settle(id)
    changed()
  }

  function refuse({ code, message, id, retryAfter }: ServerData<'error'>): void {
    const refusal = { code, message, ...(retryAfter === undefined ? {} : { retryAfter }) }
    if (id !== undefined && code !== 'not-joined' && outbox.refuse(id, refusal)) return
    const isJoining = connection.state.kind === 'resuming'
    connection.tell({ kind: 'error', ...refusal })
    if (isJoining) return
    if ((code === 'name-taken' || code === 'name-invalid') && self) username = self.username
    if (code === 'rate-limited' && paging.isAsked) clock.after(retryAfter ?? 1_000, paging.again)
    else notify({ code, message })
  }

  function renamed(person: { by: string; username: string }): void {
    passages.userRename(person)
    roster.rename(person)
    if (self && person.by === self.by) {
      self = { ...self, username: person.username }
      username = person.username
    }
    changed()
  }

  function notify({ code, message }: ConnectionProblem, of?: OutboxFrame['event']): void {
    notice = { code, message, at: clock.now(), ...(of === undefined ? {} : { of }) }
    changed()
  }

  function ask(frame: ClientFrame): void {
    if (connection.state.kind === 'live') connection.send(frame)
    else later = [...later, frame]
  }

  const limit = LIMITS.historyPage
  const olderPage: Wanted = {
    key: 'older',
    query() {
      const before = (past ?? timeline).oldest
      return before === undefined ? undefined : { before, limit }
    },
    take: (messages) =>
      past ? past.prepend(messages) : timeline.prepend(messages, messages.length >= limit),
  }
  const newerPage: Wanted = {
    key: 'newer',
    query: () => (past?.newest === undefined ? undefined : { after: past.newest, limit }),
    take(messages) {
      past?.append(messages)
      meet(messages.length < limit)
    },
  }

  function pageAround(around: number): Wanted {
    return {
      key: `around ${around}`,
      query: () => ({ around, limit }),
      take(messages) {
        past = createHistoryWindow(self?.by ?? '')
        past.around(messages)
        meet(messages.length === 0)
      },
    }
  }

  /** Where the past has come to the timeline it is part of it. */
  function meet(isEnd: boolean): void {
    const { oldest } = timeline
    if (past === undefined || oldest === undefined) return
    if (!isEnd && (past.newest ?? 0) < oldest) return
    const { messages, hasOlder } = past
    past = undefined
    if (messages.length > 0)
      timeline.prepend(messages, (messages[0]?.seq ?? 0) < oldest ? hasOlder : timeline.hasOlder)
  }

  function loadPage(page: Wanted): Promise<void> {
    return isOver(connection.state) ? Promise.resolve() : paging.load(page)
  }

  function look(): SessionView {
    return {
      status: statusOf(connection.state),
      ...(self ? { self } : {}),
      timeline: timeline.items(outbox.entries),
      hasOlder: timeline.hasOlder,
      ...(past ? { historyWindow: past.view(outbox.entries) } : {}),
      topic: wishedTopic(outbox.entries) ?? timeline.topic,
      people: roster.people,
      online: roster.online,
      presenceEvents: passages.all,
      typing: typing.names,
      invitations: invitations.all,
      ...(notice ? { notice } : {}),
    }
  }

  connection.tell({ kind: options.online ? 'online' : 'offline' })

  return {
    get view() {
      return view.value
    },
    subscribe: view.subscribe,
    send(body, { replyTo } = {}) {
      typedAt = Number.NEGATIVE_INFINITY
      return outbox.add({
        event: 'updateChat',
        data: { body: mended(body), room, ...(replyTo === undefined ? {} : { replyTo }) },
      })
    },
    edit: (ref, body) => outbox.add({ event: 'editChat', data: { ref, body: mended(body), room } }),
    remove: (ref) => outbox.add({ event: 'deleteChat', data: { ref, room } }),
    react: (ref, emoji, on) => outbox.add({ event: 'react', data: { ref, emoji, on, room } }),
    setTopic: (topic) => outbox.add({ event: 'setTopic', data: { topic: mended(topic.trim()), room } }),
    retry: (id) => outbox.retry(id),
    discard: (id) => outbox.discard(id),
    seedFromCache(by, messages) {
      if (self !== undefined) return
      timeline.recall(by, messages)
      changed()
    },
    typing() {
      const now = clock.now()
      if (!self || Math.abs(now - typedAt) < TYPING_EVERY_MS) return
      typedAt = now
      connection.send({ event: 'userTyping', data: { username: self.username, room } })
    },
    rename(name) {
      username = name
      connection.tell({ kind: 'rename' })
    },
    invite: (username2) => ask({ event: 'newRoom', data: { username2 } }),
    dismiss(invite) {
      invitations.dismiss(invite)
      ask({ event: 'dismissRoom', data: { invite, room } })
    },
    loadOlder: () => ((past ?? timeline).hasOlder ? loadPage(olderPage) : Promise.resolve()),
    loadAround: (seq) => loadPage(pageAround(seq)),
    loadNewer: () => (past ? loadPage(newerPage) : Promise.resolve()),
    leaveHistoryWindow() {
      past = undefined
      changed()
    },
    read: reading.read,
    setOnline: (online) => connection.tell({ kind: online ? 'online' : 'offline' }),
    setVisible(visible) {
      if (visible) connection.tell({ kind: 'shown' })
      else reading.tell()
    },
    close() {
      reading.close()
      connection.tell({ kind: 'close' })
      outbox.close()
      typing.clear()
    },
  }
}

/** What was typed without halves of characters, which the server mends: else it would stand there otherwise than here. */
function mended(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\u{fffd}')
}
