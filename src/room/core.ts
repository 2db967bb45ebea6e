import type { ClientFrame } from '../protocol/client-frames.ts'
import { CLOSE, type ErrorCode } from '../protocol/errors.ts'
import { LIMITS } from '../protocol/limits.ts'
import { type Parsed, parseClientFrame } from '../protocol/parse-client-frame.ts'
import type { Message } from '../protocol/server-frames.ts'
import { may } from './access.ts'
import { Ambient } from './ambient.ts'
import { type Connection, countRead } from './connection.ts'
import type { Access, Facts } from './facts.ts'
import { dismiss, invite, tellPair } from './invite.ts'
import { join, rename } from './join.ts'
import { Log } from './log.ts'
import { isPresent, Presence } from './presence.ts'
import { forgetErased, publish } from './publish.ts'
import { RateLimiter } from './rate-limiter.ts'
import { speak } from './speak.ts'
import {
  type Errand,
  isThisRoom,
  type Outcome,
  type RoomOptions,
  type RoomState,
  refuse,
  type Scope,
} from './state.ts'
import type { PageQuery } from './store.ts'
import { isLongerThan } from './text.ts'
import { encode, Turn } from './turn.ts'
import { Watchers } from './watchers.ts'

/** One frame as it came from a socket. */
export interface Incoming {
  from: Connection
  frame: string | ArrayBuffer
}

/**
 * A room: frames in, what everyone is owed out. It knows no sockets, clocks, SQL or randomness; the shell brings
 * them. Each call is one turn: decide, commit in one transaction, publish. When a call throws, nothing of its turn
 * was stored or may be sent, and this object is not to be used again.
 */
export class RoomCore {
  readonly #state: RoomState

  /** `connections` are those that outlived the last sleep. */
  constructor(options: RoomOptions, connections: Iterable<Connection> = []) {
    const { store, rate } = options
    const alive = new Set(connections)
    const presence = new Presence(alive)
    const facts = store.facts()
    this.#state = {
      options,
      store,
      connections: alive,
      presence,
      limiter: new RateLimiter(rate),
      ambient: new Ambient(() => presence.count),
      watchers: new Watchers(alive),
      log: facts && new Log(store, facts),
    }
    if (this.online > 0) this.#state.ambient.rosterChanged(0)
  }

  get facts(): Facts | undefined {
    return this.#state.log?.facts
  }

  /** How many persons are here. */
  get online(): number {
    return this.#state.presence.count
  }

  get connections(): ReadonlySet<Connection> {
    return this.#state.connections
  }

  page(query: PageQuery): Message[] {
    return this.#state.store.page({ ...query, limit: Math.min(query.limit, LIMITS.historyPageMax) })
  }

  /** Whether someone may see what the room costs: who looks after it, present or away. */
  refusesUsage({ session, by }: Pick<Connection, 'session' | 'by'>): ErrorCode | undefined {
    const { store, log } = this.#state
    if (log === undefined) return 'forbidden'
    const { access } = log.facts
    const isOwner = access.kind === 'open' && access.owner === session
    const role = store.person(by)?.role ?? (isOwner ? 'owner' : 'reader')
    return may('seeUsage', role, access) ? undefined : 'forbidden'
  }

  /** Makes the room, unless it is there already. */
  make(access: Access, now: number): void {
    const state = this.#state
    if (state.log) return
    const facts = { epoch: state.options.newId(), seq: 0, time: now, floor: 0, topic: '', access }
    state.store.transaction(() => state.store.begin(facts))
    state.log = new Log(state.store, facts)
  }

  /** A new socket, or one that was here before the room slept. */
  open(connection: Connection): void {
    this.#state.connections.add(connection)
    if (isPresent(connection)) this.#state.presence.arrive(connection)
  }

  /** What came in since the last turn, from whichever sockets. */
  receive(incoming: readonly Incoming[], now: number): Outcome {
    return this.#commit(now, (scope) => {
      // Whoever enters in this turn does so before anything else happens in it.
      const later: Incoming[] = []
      for (const input of incoming) {
        if (input.from.joined) later.push(input)
        else this.#take(scope, input)
      }
      for (const input of later) this.#take(scope, input)
    })
  }

  /** A socket is gone. */
  closed(connection: Connection, now: number): Outcome {
    return this.#turn(now, () => this.#forget(connection, now))
  }

  /** Sockets turned out to have nobody behind them any more. The next turn tells. */
  vanished(connections: Iterable<Connection>): void {
    for (const connection of connections) this.#leave(connection, (gone) => this.#state.presence.vanish(gone))
  }

  /** Does what has become due; to be called once `nextDue` has come. */
  wake(now: number): Outcome {
    return this.#turn(now, () => {})
  }

  /** When `wake` has something to do, in ms; undefined when nothing is pending and the room may sleep. */
  nextDue(): number | undefined {
    const { ambient, presence, watchers } = this.#state
    const dues = [ambient.nextDue(), presence.nextExpiry(), watchers.nextDue()].filter(
      (due) => due !== undefined,
    )
    return dues.length > 0 ? Math.min(...dues) : undefined
  }

  /** The private room of an errand is there; `joined` tells whether the invited is in it. */
  pairOpened(errand: Extract<Errand, { kind: 'openPair' }>, joined: boolean, now: number): Outcome {
    return this.#commit(now, (scope) => tellPair(this.#state, scope, errand, joined))
  }

  /** The private room of an errand could not be reached. */
  pairFailed(errand: Extract<Errand, { kind: 'openPair' }>, now: number): Outcome {
    return this.#turn(now, (scope) => refuse(scope, errand.asker, 'internal'))
  }

  /** Someone is invited to this private room: unless they are here, their coming is to be told. */
  expect(invited: string): { joined: boolean } {
    const { log, connections, store } = this.#state
    const joined = [...connections].some(
      (connection) => connection.session === invited && isPresent(connection),
    )
    const access = log?.facts.access
    if (log && access?.kind === 'private' && !joined && !access.waiting.includes(invited)) {
      store.transaction(() => log.save({ access: { ...access, waiting: [...access.waiting, invited] } }))
    }
    return { joined }
  }

  /** The room this private one was made from knows that someone came. */
  visitTold(session: string): void {
    const { log, store } = this.#state
    const access = log?.facts.access
    if (log === undefined || access?.kind !== 'private') return
    const waiting = access.waiting.filter((other) => other !== session)
    store.transaction(() => log.save({ access: { ...access, waiting } }))
  }

  /** Someone has been in the private room they were invited to from here. */
  visited(by: string, room: string): void {
    const { store } = this.#state
    store.transaction(() => store.uninvite(by, room))
  }

  /**
   * A turn that may write: all of it is one transaction, with what is read of it afterwards. Where that fails nothing
   * was stored.
   */
  #commit(now: number, work: (scope: Scope) => void): Outcome {
    return this.#turn(now, (scope) =>
      this.#state.store.transaction(() => {
        work(scope)
        for (const { to, query } of scope.pages) {
          if (!scope.turn.isFlooded(to)) scope.turn.answer(to, 'msgHistory', this.page(query))
        }
        forgetErased(this.#state, scope)
      }),
    )
  }

  #turn(now: number, work: (scope: Scope) => void): Outcome {
    const turn = new Turn()
    const scope: Scope = { now, turn, errands: [], changes: [], pages: [], refusals: [] }
    work(scope)
    const deliveries = publish(this.#state, scope)
    for (const { to, close } of deliveries) if (close) this.#forget(to, now)
    const { errands, refusals } = scope
    const changes = scope.changes.map(({ event }) => event)
    return { deliveries, errands, touched: turn.touched, changes, refusals, bytes: turn.bytes }
  }

  #take(scope: Scope, { from, frame }: Incoming): void {
    if (!this.#state.connections.has(from) || scope.turn.isClosing(from)) return
    if (typeof frame === 'string' && isLongerThan(frame, LIMITS.frameBytes))
      return refuse(scope, from, 'too-large')
    const parsed = typeof frame === 'string' ? parseClientFrame(frame) : NOT_TEXT
    if (parsed.ok && parsed.frame.event === 'sync' && countRead(from)) return scope.turn.touch(from)

    const verdict = this.#state.limiter.take(from.by, scope.now)
    const id = parsed.ok ? idOf(parsed.frame) : parsed.id
    if (verdict.kind === 'flood') return scope.turn.close(from, CLOSE.flood, 'rate-limited')
    if (verdict.kind === 'refuse') refuse(scope, from, 'rate-limited', { id, retryAfter: verdict.retryAfter })
    else if (parsed.ok) this.#dispatch(scope, from, parsed.frame)
    else refuse(scope, from, parsed.code, parsed)
    countStrike(scope, from, !parsed.ok && parsed.code === 'bad-frame')
  }

  #dispatch(scope: Scope, from: Connection, frame: ClientFrame): void {
    const state = this.#state
    if (frame.event === 'userJoin') {
      return from.joined ? refuse(scope, from, 'already-joined') : join(state, scope, from, frame.data)
    }
    const { log } = state
    if (!from.joined || log === undefined) return refuse(scope, from, 'not-joined', { id: idOf(frame) })
    switch (frame.event) {
      case 'msgHistory': {
        const { limit = LIMITS.historyPage, ...where } = frame.data
        scope.pages.push({ to: from, query: { ...where, limit } })
        return
      }
      case 'userTyping':
        if (!isThisRoom(state, frame.data.room)) return refuse(scope, from, 'bad-data', { detail: 'room' })
        if (!may('speak', from.role, log.facts.access)) return refuse(scope, from, 'forbidden')
        return this.#type(from, scope.now)
      case 'userRename':
        return rename(state, scope, from, frame.data)
      case 'newRoom':
        return invite(state, scope, { from, log, data: frame.data })
      case 'dismissRoom':
        return dismiss(state, scope, from, frame.data)
      case 'sync':
        return
      default:
        return speak(state, scope, { from, log, frame })
    }
  }

  #type({ by, username }: Connection, now: number): void {
    const { ambient, options } = this.#state
    ambient.type(now, by, encode('userTyping', { username, room: options.room, by }))
  }

  #forget(connection: Connection, now: number): void {
    this.#leave(connection, (gone) => this.#state.presence.depart(gone, now))
  }

  #leave(connection: Connection, leave: (present: Connection) => void): void {
    const { connections, watchers } = this.#state
    watchers.leave(connection)
    if (connections.delete(connection) && isPresent(connection)) leave(connection)
  }
}

const NOT_TEXT: Parsed<ClientFrame> = { ok: false, code: 'bad-frame' }

/** Ten bad frames in a row are one too many. */
function countStrike(scope: Scope, from: Connection, bad: boolean): void {
  const strikes = bad ? from.strikes + 1 : 0
  if (strikes === from.strikes) return
  from.strikes = strikes
  scope.turn.touch(from)
  if (strikes >= LIMITS.badFramesInARow) scope.turn.close(from, CLOSE.policy, 'bad-frame')
}

function idOf(frame: ClientFrame): string | undefined {
  return 'id' in frame.data ? frame.data.id : undefined
}
