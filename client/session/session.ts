import type { ClientFrame } from '../../src/protocol/client-frames.ts'
import { CLOSE } from '../../src/protocol/error-rules.ts'
import { LIMITS } from '../../src/protocol/limits.ts'
import type { Joined, ReceivedFrame, ServerData } from '../../src/protocol/server-frames.ts'
import { createConnectionDriver } from './connection-driver.ts'
import { createHistory } from './history.ts'
import { createInvitations } from './invitations.ts'
import { pendingTopic } from './log-entry-of.ts'
import { createLogReceiver } from './log-receiver.ts'
import type { ConnectionProblem } from './machine.ts'
import { createObservable } from './observable.ts'
import { createOutbox, staysWhenFailed } from './outbox.ts'
import { createOwnChanges } from './own-changes.ts'
import { createPeople } from './people.ts'
import { createReadMarker } from './read-marker.ts'
import {
  joinFrame,
  newSelf,
  type Self,
  withChosenName,
  withJoined,
  withRefusedName,
  withRename,
  withUpdate,
} from './self.ts'
import { isEnded, statusOf } from './status.ts'
import { createTimeline } from './timeline.ts'
import type { OutboxFrame, Session, SessionOptions, SessionView } from './types.ts'

/** How often a typing sign is repeated; others drop it after `LIMITS.typingLapseMs`. */
const TYPING_EVERY_MS = 3_000
/** How long a page that was refused for haste waits, if the server did not say. */
const RETRY_AFTER_MS = 1_000

/**
 * Opens a session in one room and connects at once. Nothing has to be awaited: `view` is there from the start, and
 * `subscribe` reports every change of it.
 *
 * - Connection problems never throw: they show as `view.status`, with the code of the refusal. `fatal` is final;
 *   `refused` waits for `rename`; everything else is tried again with backoff.
 * - What the person writes goes through the outbox, offline too. It shows at once; what the server refuses for good
 *   becomes a `failed` row, and a refused reaction or topic a `notice`.
 * - `invite` and `dismiss` wait for a connection; `typing` does not.
 */
export function openSession(options: SessionOptions): Session {
  const { room, clock, watch = false } = options
  const view = createObservable(readView)
  const changed = view.invalidate
  const timeline = createTimeline(options.keptRows)
  const invitations = createInvitations(clock, changed)
  let self: Self = newSelf(options.username)
  let notice: SessionView['notice']
  let held: SessionView['held']
  let typingSentAt = Number.NEGATIVE_INFINITY
  /** Frames for the next join: requests that are no change of the log. */
  let waitingFrames: readonly ClientFrame[] = []

  const people = createPeople({
    clock,
    newestSeq: () => Math.max(timeline.cursor?.seq ?? 0, self.joined?.seq ?? 0),
    personId: () => self.joined?.by,
    changed,
  })

  const history = createHistory({
    clock,
    timeline,
    personId: () => self.joined?.by ?? '',
    isEnded: () => isEnded(connection.state),
    send: (query) => connection.send({ event: 'msgHistory', data: query }),
    lost: () => connection.report({ kind: 'unanswered' }),
  })

  const readMarker = createReadMarker(clock, (seq) => {
    if (connection.state.kind !== 'live') return false
    connection.send({ event: 'markRead', data: { seq, room } })
    return true
  })

  const outbox = createOutbox(
    { room, store: options.outbox, clock, random: options.random, newId: options.newId },
    {
      send: (frame) => connection.send(frame),
      position: () => timeline.shownPosition,
      unanswered: () => connection.report({ kind: 'unanswered' }),
      refused: ({ frame }, problem) => {
        if (!staysWhenFailed(frame)) notify(problem, frame.event)
      },
      changed,
      held(now) {
        if (now === held) return
        held = now
        changed()
      },
      storageFailed: () => notify({ code: 'internal', message: 'This device could not store the change.' }),
    },
  )
  const ownChanges = createOwnChanges(room, outbox)

  const connection = createConnectionDriver(
    { ...options, lateMs: watch ? LIMITS.watchLateMs : 0 },
    {
      cursor: () => timeline.cursor?.seq ?? -1,
      joinFrame: () => joinFrame(self, { room, watch, cursor: timeline.cursor }),
      renameFrame: () => ({ event: 'userRename', data: { username: self.chosenName, room } }),
      receive,
      disconnected(code) {
        outbox.disconnect(code === CLOSE.tooLarge)
        people.disconnected()
      },
      stateChanged(state) {
        if (isEnded(state)) history.cancel()
        changed()
      },
    },
  )

  const log = createLogReceiver({
    room,
    isWatching: watch,
    self: () => self,
    connection,
    timeline,
    history,
    outbox,
    people,
    forget(personId) {
      people.forget(personId)
      invitations.forget(personId)
    },
    changed,
  })

  function receive(frame: ReceivedFrame): void {
    switch (frame.event) {
      case 'joined':
        return receiveJoined(frame.data)
      case 'msgHistory':
        return log.page(frame.data)
      case 'updateChat':
      case 'editChat':
      case 'deleteChat':
      case 'react':
      case 'setTopic':
      case 'unknown':
        return log.entry(frame)
      case 'ack':
        return log.ack(frame.data)
      case 'error':
        return receiveError(frame.data)
      case 'sync':
        return connection.send({ event: 'sync', data: { seq: timeline.cursor?.seq ?? 0 } })
      case 'userRename':
        self = withRename(self, frame.data)
        return people.receive(frame)
      case 'activeUsers':
      case 'presence':
      case 'userJoin':
      case 'userLeave':
      case 'userTyping':
        return people.receive(frame)
      case 'room':
      case 'standing':
        self = withUpdate(self, frame.data)
        return changed()
      case 'report':
        return options.reported?.(frame.data)
      case 'newRoom':
        return invitations.add(frame.data)
      default:
        return frame satisfies never
    }
  }

  function receiveJoined(joined: Joined): void {
    const { state } = connection
    self = withJoined(self, joined, state.kind === 'resuming' && state.isRenamed)
    timeline.join(joined)
    people.selfJoined(joined)
    history.connected()
    connection.report({ kind: 'joined', seq: joined.seq })
    for (const frame of waitingFrames) connection.send(frame)
    waitingFrames = []
    readMarker.joined(joined.read, joined.seq)
    if (joined.resumed) history.resend()
    log.connectOutbox()
    changed()
  }

  function receiveError({ id, suggestion, ...refusal }: ServerData<'error'>): void {
    const { code, message, retryAfter } = refusal
    if (id !== undefined && code !== 'not-joined' && outbox.refuse(id, refusal)) return
    if (id !== undefined && history.refuse(id, retryAfter ?? RETRY_AFTER_MS)) return
    const isJoining = connection.state.kind === 'resuming'
    connection.report({ kind: 'error', ...refusal, ...(suggestion === undefined ? {} : { suggestion }) })
    if (isJoining) return
    if (code === 'name-taken' || code === 'name-invalid') self = withRefusedName(self)
    notify({ code, message })
  }

  function notify({ code, message }: ConnectionProblem, of?: OutboxFrame['event']): void {
    notice = { code, message, at: clock.now(), ...(of === undefined ? {} : { of }) }
    changed()
  }

  function sendOnceLive(frame: ClientFrame): void {
    if (connection.state.kind === 'live') connection.send(frame)
    else waitingFrames = [...waitingFrames, frame]
  }

  function readView(): SessionView {
    const { entries } = outbox
    const historyWindow = history.window(entries)
    return {
      status: statusOf(connection.state),
      ...(self.joined ? { self: self.joined } : {}),
      timeline: timeline.items(entries),
      hasOlder: timeline.hasOlder,
      ...(historyWindow ? { historyWindow } : {}),
      topic: pendingTopic(entries) ?? timeline.topic,
      ...people.view,
      invitations: invitations.all,
      ...(held ? { held } : {}),
      ...(notice ? { notice } : {}),
    }
  }

  connection.report({ kind: options.online ? 'online' : 'offline' })

  return {
    get view() {
      return view.value
    },
    subscribe: view.subscribe,
    ...ownChanges,
    send(body, more) {
      // What the person types next is another message: its first sign goes out at once.
      typingSentAt = Number.NEGATIVE_INFINITY
      return ownChanges.send(body, more)
    },
    seedFromCache(personId, messages) {
      if (self.joined !== undefined) return
      timeline.seedFromCache(personId, messages)
      changed()
    },
    typing() {
      const now = clock.now()
      if (!self.joined || Math.abs(now - typingSentAt) < TYPING_EVERY_MS) return
      typingSentAt = now
      connection.send({ event: 'userTyping', data: { username: self.joined.username, room } })
    },
    rename(username) {
      self = withChosenName(self, username)
      connection.report({ kind: 'rename' })
    },
    invite: (username2) => sendOnceLive({ event: 'newRoom', data: { username2 } }),
    dismiss(invite) {
      invitations.dismiss(invite)
      sendOnceLive({ event: 'dismissRoom', data: { invite, room } })
    },
    loadOlder: history.loadOlder,
    loadAround: history.loadAround,
    loadNewer: history.loadNewer,
    leaveHistoryWindow() {
      history.leaveWindow()
      changed()
    },
    read: readMarker.read,
    setOnline: (online) => connection.report({ kind: online ? 'online' : 'offline' }),
    setVisible(visible) {
      if (visible) connection.report({ kind: 'shown' })
      else readMarker.flush()
    },
    close() {
      readMarker.close()
      connection.report({ kind: 'close' })
      outbox.close()
      people.disconnected()
    },
  }
}
