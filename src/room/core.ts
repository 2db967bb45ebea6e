import type { ClientData, ClientFrame } from '../protocol/client-frames.ts'
import { CLOSE, type ErrorCode } from '../protocol/errors.ts'
import { LIMITS } from '../protocol/limits.ts'
import { type Parsed, parseClientFrame } from '../protocol/parse-client-frame.ts'
import { may } from '../protocol/roles.ts'
import type { Message } from '../protocol/server-frames.ts'
import { handleAction } from './handlers/handle-action.ts'
import { handleChange } from './handlers/handle-change.ts'
import { dismissRoomInvitation, invite, tellPrivateRoom } from './handlers/invite.ts'
import { join, rename } from './handlers/join.ts'
import { forgetErased, publish } from './handlers/publish.ts'
import { maintain, maintenanceDue } from './handlers/retention.ts'
import { transferOwnership } from './handlers/transfer-ownership.ts'
import { admit, firstRole, roleOf, type Visitor } from './model/access.ts'
import { type Answer, type RoomAction, refused } from './model/actions.ts'
import { type Access, DEFAULT_SETTINGS, type RoomRecord } from './model/room-record.ts'
import { DEFAULT_SIZES } from './model/sizes.ts'
import type { PageQuery } from './model/store.ts'
import { isLongerThan } from './model/text.ts'
import { DEFAULT_THROTTLES } from './model/throttles.ts'
import { type Connection, countRead } from './state/connection.ts'
import { ConnectionLimits, type SocketLimits } from './state/connection-limits.ts'
import { EphemeralEvents } from './state/ephemeral-events.ts'
import { Log } from './state/log.ts'
import { encode, Outgoing } from './state/outgoing.ts'
import { isPresent, Presence } from './state/presence.ts'
import { RateLimiter, type Verdict } from './state/rate-limiter.ts'
import {
  doorOf,
  isThisRoom,
  type RoomCall,
  type RoomOptions,
  type RoomState,
  refuse,
  type Scope,
  type TurnOutcome,
} from './state/state.ts'
import { Watchers } from './state/watchers.ts'

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
    const { store, rate, throttles = DEFAULT_THROTTLES, sizes = DEFAULT_SIZES } = options
    const alive = new Set(connections)
    const presence = new Presence(alive)
    const record = store.record()
    this.#state = {
      options,
      store,
      sizes,
      connections: alive,
      presence,
      limiter: new RateLimiter(rate),
      ephemeral: new EphemeralEvents(() => presence.count),
      watchers: new Watchers(alive),
      networks: new RateLimiter(throttles.network),
      networkRefusals: new RateLimiter({
        burst: LIMITS.networkRefusalBurst,
        perSecond: LIMITS.networkRefusalsPerSecond,
      }),
      appeals: new RateLimiter(throttles.appeals),
      spoke: new Map(),
      connectionLimits: new ConnectionLimits(throttles.arrivals, alive),
      log: record && new Log(store, record),
    }
    if (this.online > 0) this.#state.ephemeral.rosterChanged(0)
  }

  get record(): RoomRecord | undefined {
    return this.#state.log?.record
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

  /** Why someone may not come in, if so. */
  refuses(who: Visitor, now: number): ErrorCode | undefined {
    return admit(doorOf(this.#state, now), who)
  }

  /** Why someone gets no page of what was said, if so: a page costs what one that is asked for on a socket does. */
  reads(who: Visitor, now: number): ErrorCode | undefined {
    return this.refuses(who, now) ?? (this.#charge(who, now).kind === 'pass' ? undefined : 'rate-limited')
  }

  /** Whether someone may see what the room costs: who looks after it, present or away. */
  refusesUsage(who: Visitor, now: number): ErrorCode | undefined {
    const door = doorOf(this.#state, now)
    const closed = admit(door, who)
    if (closed || door.record === undefined) return closed ?? 'forbidden'
    const role = roleOf(door, who)
    return role && may('seeUsage', role, door.record.access) ? undefined : 'forbidden'
  }

  /** Why one more socket of theirs finds no place, if so. */
  refusesConnection(who: Visitor, limits: SocketLimits): ErrorCode | undefined {
    return this.#state.connectionLimits.refuses(who, limits)
  }

  /** A socket asks to be let in: whether it comes too fast on others from the same address. */
  connectsTooFast(who: Visitor, now: number): boolean {
    return this.#state.connectionLimits.connectsTooFast(who, now)
  }

  /** One action of governance: what came of it, and what is to be told. */
  act(who: Visitor, action: RoomAction, now: number): { answer: Answer; outcome: TurnOutcome } {
    let answer: Answer = refused('internal')
    const outcome = this.#commit(now, (scope) => {
      answer = this.#isTooFast(who, action, now)
        ? refused('rate-limited')
        : handleAction(this.#state, scope, who, action)
    })
    return { answer, outcome }
  }

  /** The operator gives the room to someone in it; `before` is who owned it. */
  transferOwnership(
    to: { by: string; before: string | undefined },
    now: number,
  ): { answer: Answer; outcome: TurnOutcome } {
    let answer: Answer = refused('internal')
    const outcome = this.#commit(now, (scope) => {
      answer = transferOwnership(this.#state, scope, to)
    })
    return { answer, outcome }
  }

  /** Erases what people asked to be forgotten, and what is older than the room keeps, a batch of each. */
  maintain(now: number): TurnOutcome {
    return this.#commit(now, (scope) => {
      const { log } = this.#state
      if (log) maintain(this.#state, scope, log)
    })
  }

  /** When `upkeep` has something to do, in ms. */
  maintenanceDue(now: number): number | undefined {
    const { log } = this.#state
    return log && maintenanceDue(this.#state, log, now)
  }

  /** Whether someone may erase the room: its owner, and either of the two of a private one, present or away. */
  refusesErase(who: Visitor, now: number): ErrorCode | undefined {
    const door = doorOf(this.#state, now)
    const closed = admit(door, who)
    if (closed || door.record === undefined) return closed ?? 'forbidden'
    const { access } = door.record
    const role = roleOf(door, who) ?? firstRole(access, who.session)
    return may('eraseRoom', role, access) ? undefined : 'forbidden'
  }

  /** Whether someone has ever been here. */
  knows(by: string): boolean {
    return this.#state.store.person(by) !== undefined
  }

  /** Makes the room, unless it is there already. */
  make(access: Access, now: number): void {
    const state = this.#state
    if (state.log) return
    const settings = DEFAULT_SETTINGS
    const record = { epoch: state.options.newId(), seq: 0, time: now, floor: 0, topic: '', access, settings }
    state.store.transaction(() => state.store.begin(record))
    state.log = new Log(state.store, record)
  }

  /** A new socket, or one that was here before the room slept. */
  open(connection: Connection): void {
    const { connections, connectionLimits } = this.#state
    if (!connections.has(connection)) connectionLimits.enter(connection)
    connections.add(connection)
    if (isPresent(connection)) this.#state.presence.arrive(connection)
  }

  /** What came in since the last turn, from whichever sockets. */
  receive(incoming: readonly Incoming[], now: number): TurnOutcome {
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
  closed(connection: Connection, now: number): TurnOutcome {
    return this.#turn(now, () => this.#forget(connection, now))
  }

  /** Sockets turned out to have nobody behind them any more. The next turn tells. */
  vanished(connections: Iterable<Connection>): void {
    for (const connection of connections) this.#leave(connection, (gone) => this.#state.presence.vanish(gone))
  }

  /** Does what has become due; to be called once `nextDue` has come. */
  wake(now: number): TurnOutcome {
    return this.#turn(now, () => {})
  }

  /** When `wake` has something to do, in ms; undefined when nothing is pending and the room may sleep. */
  nextDue(): number | undefined {
    const { ephemeral, presence, watchers } = this.#state
    const dues = [ephemeral.nextDue(), presence.nextExpiry(), watchers.nextDue()].filter(
      (due) => due !== undefined,
    )
    return dues.length > 0 ? Math.min(...dues) : undefined
  }

  /** The private room of a room call is there; `joined` tells whether the invited is in it. */
  pairOpened(call: Extract<RoomCall, { kind: 'openPair' }>, joined: boolean, now: number): TurnOutcome {
    return this.#commit(now, (scope) => tellPrivateRoom(this.#state, scope, call, joined))
  }

  /** The private room of a room call could not be reached. */
  pairFailed(call: Extract<RoomCall, { kind: 'openPair' }>, now: number): TurnOutcome {
    return this.#turn(now, (scope) => refuse(scope, call.asker, 'internal'))
  }

  /** Someone is invited to this private room: unless they are here, their coming is to be told. */
  expect(invited: string): { joined: boolean } {
    const { log, connections, store } = this.#state
    const joined = [...connections].some(
      (connection) => connection.session === invited && isPresent(connection),
    )
    const access = log?.record.access
    if (log && access?.kind === 'private' && !joined && !access.waiting.includes(invited)) {
      store.transaction(() => log.save({ access: { ...access, waiting: [...access.waiting, invited] } }))
    }
    return { joined }
  }

  /** The room this private one was made from knows that someone came. */
  visitTold(session: string): void {
    const { log, store } = this.#state
    const access = log?.record.access
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
  #commit(now: number, work: (scope: Scope) => void): TurnOutcome {
    return this.#turn(now, (scope) =>
      this.#state.store.transaction(() => {
        work(scope)
        for (const { to, query } of scope.pages) {
          if (!scope.outgoing.isFlooded(to)) scope.outgoing.answer(to, 'msgHistory', this.page(query))
        }
        forgetErased(this.#state, scope)
      }),
    )
  }

  #turn(now: number, work: (scope: Scope) => void): TurnOutcome {
    const outgoing = new Outgoing()
    const scope: Scope = { now, outgoing, roomCalls: [], changes: [], pages: [], refusals: [] }
    work(scope)
    const deliveries = publish(this.#state, scope)
    for (const { to, close } of deliveries) if (close) this.#forget(to, now)
    const { roomCalls, refusals } = scope
    const changes = scope.changes.map(({ event }) => event)
    return { deliveries, roomCalls, touched: outgoing.touched, changes, refusals, bytes: outgoing.bytes }
  }

  #take(scope: Scope, { from, frame }: Incoming): void {
    if (!this.#state.connections.has(from) || scope.outgoing.isClosing(from)) return
    if (typeof frame === 'string' && isLongerThan(frame, this.#state.sizes.frameBytes))
      return refuse(scope, from, 'too-large')
    const parsed = typeof frame === 'string' ? parseClientFrame(frame) : NOT_TEXT
    if (parsed.ok && parsed.frame.event === 'sync' && countRead(from)) return scope.outgoing.touch(from)

    const verdict = this.#charge(from, scope.now)
    const id = parsed.ok ? idOf(parsed.frame) : parsed.id
    if (verdict.kind === 'flood') return scope.outgoing.close(from, CLOSE.flood, 'rate-limited')
    if (verdict.kind === 'refuse') refuse(scope, from, 'rate-limited', { id, retryAfter: verdict.retryAfter })
    else if (parsed.ok) this.#dispatch(scope, from, parsed.frame)
    else refuse(scope, from, parsed.code, parsed)
    countStrike(scope, from, !parsed.ok && parsed.code === 'bad-frame')
  }

  /** A action costs what a frame does. Who is not let in is told so however often they ask. */
  #isTooFast(who: Visitor, action: RoomAction, now: number): boolean {
    if (action.kind === 'redeemLink' || this.refuses(who, now)) return false
    return this.#charge(who, now).kind !== 'pass'
  }

  /** What a frame costs its sender, and the address it comes from. */
  #charge({ by, network }: Pick<Connection, 'by' | 'network'>, now: number): Verdict {
    const { limiter, networks, networkRefusals: crowded } = this.#state
    const verdict = limiter.take(by, now)
    if (verdict.kind !== 'pass' || network === undefined) return verdict
    if (networks.take(network, now).kind === 'pass') return verdict
    // Whoever shares an address with a flood waits; they are closed only where they do not.
    return crowded.take(by, now).kind === 'pass'
      ? { kind: 'refuse', retryAfter: CROWDED_RETRY_MS }
      : { kind: 'flood' }
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
        if (!may('speak', from.role, log.record.access)) return refuse(scope, from, 'forbidden')
        if ((from.mutedUntil ?? 0) > scope.now) return
        return this.#type(from, scope.now)
      case 'userRename':
        return rename(state, scope, from, frame.data)
      case 'newRoom':
        return invite(state, scope, { from, log, data: frame.data })
      case 'dismissRoom':
        return dismissRoomInvitation(state, scope, from, frame.data)
      case 'markRead':
        return this.#read(scope, from, log, frame.data)
      case 'sync':
        return
      default:
        return handleChange(state, scope, { from, log, frame })
    }
  }

  #read(scope: Scope, from: Connection, log: Log, { seq, room }: ClientData<'markRead'>): void {
    if (!isThisRoom(this.#state, room)) return refuse(scope, from, 'bad-data', { detail: 'room' })
    if (seq > log.record.seq) return refuse(scope, from, 'bad-data', { detail: 'seq' })
    if (seq <= (from.read ?? 0)) return
    from.read = seq
    this.#state.presence.read(from.by, seq)
    scope.outgoing.touch(from)
  }

  #type({ by, username }: Connection, now: number): void {
    const { ephemeral, options } = this.#state
    ephemeral.type(now, by, encode('userTyping', { username, room: options.room, by }))
  }

  #forget(connection: Connection, now: number): void {
    this.#leave(connection, (gone) => this.#state.presence.depart(gone, now))
  }

  #leave(connection: Connection, leave: (present: Connection) => void): void {
    const { connections, connectionLimits, watchers, store } = this.#state
    watchers.leave(connection)
    if (!connections.delete(connection)) return
    connectionLimits.leave(connection)
    if (connection.read) store.saveRead(connection.by, connection.read)
    if (isPresent(connection)) leave(connection)
  }
}

/** When to try again at an address from which very much comes. */
const CROWDED_RETRY_MS = 1_000

const NOT_TEXT: Parsed<ClientFrame> = { ok: false, code: 'bad-frame' }

/** Ten bad frames in a row are one too many. */
function countStrike(scope: Scope, from: Connection, bad: boolean): void {
  const strikes = bad ? from.strikes + 1 : 0
  if (strikes === from.strikes) return
  from.strikes = strikes
  scope.outgoing.touch(from)
  if (strikes >= LIMITS.badFramesInARow) scope.outgoing.close(from, CLOSE.policy, 'bad-frame')
}

function idOf(frame: ClientFrame): string | undefined {
  return 'id' in frame.data ? frame.data.id : undefined
}
