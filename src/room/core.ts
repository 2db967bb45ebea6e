import { CLOSE, type ErrorCode } from '../protocol/error-rules.ts'
import { LIMITS } from '../protocol/limits.ts'
import type { Message } from '../protocol/server-frames.ts'
import { beginRoom } from './handlers/begin-room.ts'
import { catchUp } from './handlers/catch-up.ts'
import { charge, chargeRows } from './handlers/charge.ts'
import { handleAction } from './handlers/handle-action.ts'
import { handleFrames, type Incoming, pageRows } from './handlers/handle-frame.ts'
import { meetInPrivate, tellPrivateRoom } from './handlers/invite.ts'
import { leave, leaveStale } from './handlers/leave.ts'
import { closeSockets } from './handlers/moderate.ts'
import { answerPages } from './handlers/pages.ts'
import { openPair, type PairRequest, stopWaiting } from './handlers/private-room.ts'
import { forgetErased, publish } from './handlers/publish.ts'
import { newestReports, type ReportForOperator } from './handlers/report.ts'
import { type Batch, dueBatches, maintain, maintenanceDue } from './handlers/retention.ts'
import { transferOwnership } from './handlers/transfer-ownership.ts'
import { isWaiting, loadIds, waitForIds } from './handlers/wait-for-ids.ts'
import { admit, precedenceOf, type Visitor } from './model/access.ts'
import { type Answer, type RefusedAnswer, type RoomAction, refused, tooFast } from './model/actions.ts'
import type { Access, RoomRecord } from './model/room-record.ts'
import { StorageRefused } from './model/storage-refused.ts'
import type { PageQuery } from './model/store.ts'
import { refusesErase, refusesUsage } from './model/visitor-rights.ts'
import type { Connection } from './state/connection.ts'
import type { Place, SocketLimits } from './state/connection-limits.ts'
import type { LeaseAnswer } from './state/credit-accounts.ts'
import { hydrate } from './state/hydrate.ts'
import { Outgoing } from './state/outgoing.ts'
import { isPresent } from './state/presence.ts'
import {
  doorOf,
  type RoomCall,
  type RoomOptions,
  type RoomState,
  refuse,
  type Scope,
  type TurnOutcome,
  writesClosed,
} from './state/state.ts'
import type { Unread } from './state/unread-output.ts'

type PairCall = Extract<RoomCall, { kind: 'openPair' }>

/**
 * A room: frames in, deliveries out. It knows no sockets, clocks, SQL or randomness; the shell brings them.
 *
 * Every method that takes `now` and answers a `TurnOutcome` is a turn: decide, write, publish, all in one transaction.
 * When the storage refuses, the turn is rolled back, memory is made again from the storage, and the turn is played once
 * more without writing: people join and read, and a change is refused as `unavailable`.
 *
 * When a turn throws anything else, nothing of it is stored and nothing may be sent. Memory may be ahead of storage by
 * then, so the object must not be used again.
 */
export class RoomCore {
  readonly #state: RoomState

  /** `connections` outlived the last sleep, and so did the closed sockets that hold what is `unread`. */
  constructor(options: RoomOptions, connections: Iterable<Connection> = [], unread: Iterable<Unread> = []) {
    this.#state = hydrate(options, connections, unread)
  }

  get record(): RoomRecord | undefined {
    return this.#state.log?.record
  }

  /** How many people are here. */
  get online(): number {
    return this.#state.presence.count
  }

  get connections(): ReadonlySet<Connection> {
    return this.#state.connections
  }

  page(query: PageQuery): Message[] {
    return this.#state.store.page({ ...query, limit: pageRows(query.limit) })
  }

  /** Whether someone has ever joined. */
  knows(personId: string): boolean {
    return this.#state.store.person(personId) !== undefined
  }

  /** Whether someone has been here, owns the room, or is one of the two of a private room. */
  isStranger(who: Visitor): boolean {
    const access = this.record?.access
    if (access === undefined) return true
    if (access.kind === 'private') return !access.members.some(({ session }) => session === who.session)
    return access.owner !== who.session && !this.knows(who.by)
  }

  /** Why someone may not join, if so. */
  refuses(who: Visitor, now: number): ErrorCode | undefined {
    return admit(doorOf(this.#state, now), who)
  }

  /** Why someone gets no page of history over HTTP, if so. A page costs as much as on a socket. */
  refusesPage(who: Visitor, { limit }: PageQuery, now: number): RefusedAnswer | undefined {
    const closed = this.refuses(who, now)
    if (closed) return refused(closed)
    return this.charges(who, now) ?? tooFast(chargeRows(this.#state, who, now, pageRows(limit)))
  }

  /** Why someone does not see what the room has used, if so. */
  refusesUsage(who: Visitor, now: number): RefusedAnswer | undefined {
    const closed = refusesUsage(doorOf(this.#state, now), who)
    return closed ? refused(closed) : this.charges(who, now)
  }

  /** Charges a call as much as a frame; the refusal of a caller who is too fast. */
  charges(who: Visitor, now: number): RefusedAnswer | undefined {
    return tooFast(charge(this.#state, who, now))
  }

  refusesErase(who: Visitor, now: number): ErrorCode | undefined {
    return refusesErase(doorOf(this.#state, now), who)
  }

  /** The place for one more connection of someone, or why there is none. */
  placeFor(who: Visitor, limits: SocketLimits, now: number): Place {
    const { connectionLimits, unread } = this.#state
    const precedence = precedenceOf(doorOf(this.#state, now), who)
    const code = unread.refuses(who.by, precedence)
    return code ? { kind: 'none', code } : connectionLimits.placeFor(who, precedence, limits)
  }

  /** A connection that has not joined makes way for another one. */
  makeWay(connection: Connection, now: number): TurnOutcome {
    return this.#turn(now, (scope) => {
      refuse(scope, connection, 'room-full')
    })
  }

  /** Counts a new connection, and refuses it if connections come too fast from its address. */
  connectsTooFast(who: Visitor, now: number): RefusedAnswer | undefined {
    return this.#state.connectionLimits.connectsTooFast(who, now)
  }

  /** When `wake` has something to do, in ms; undefined when nothing is pending and the room may sleep. */
  nextDue(): number | undefined {
    const { ephemeral, presence, watchers, pendingReports, pages, waiting } = this.#state
    if (pages.length > 0 || waiting.length > 0) return 0
    const dues = [
      ephemeral.nextDue(),
      presence.nextExpiry(),
      watchers.nextDue(),
      pendingReports.nextDue(),
    ].filter((due) => due !== undefined)
    return dues.length > 0 ? Math.min(...dues) : undefined
  }

  /** When `maintain` has something to do, in ms. */
  maintenanceDue(now: number): number | undefined {
    const { log } = this.#state
    return log && maintenanceDue(this.#state, log, now)
  }

  /** Adds a connection: a new one, or one that outlived the last sleep. Writes nothing. */
  open(connection: Connection): void {
    const { connections, connectionLimits, presence, accounts } = this.#state
    if (!connections.has(connection)) connectionLimits.enter(connection)
    if (!connections.has(connection)) accounts.enter(connection)
    connections.add(connection)
    if (isPresent(connection)) presence.arrive(connection)
  }

  /**
   * A new connection brings units that its network has paid for; `rowsWritten` elsewhere were part of its arrival. Answers
   * how many units its network does not need here.
   */
  bring(connection: Connection, units: number, rowsWritten: number): number {
    const { accounts } = this.#state
    const unspent = accounts.arrive(connection, units)
    accounts.beginTurn()
    accounts.settle(connection, rowsWritten)
    return unspent
  }

  /** A budget has answered a lease: the frames that waited for it are handled. */
  leased(payer: string, answer: LeaseAnswer, now: number): TurnOutcome {
    // Before the turn: it may be played twice.
    const frames = this.#state.accounts.leased(payer, answer, now)
    return this.#turn(now, (scope) => handleFrames(this.#state, scope, frames))
  }

  /** What was read since the last turn is paid for by the Worker, not by who sends the next frame. */
  skipRows(): void {
    this.#state.accounts.skip()
  }

  /** The frames that arrived since the last turn, from any connections. */
  receive(incoming: readonly Incoming[], now: number): TurnOutcome {
    return this.#turn(now, (scope) => handleFrames(this.#state, scope, incoming))
  }

  /** The connection of a closed socket has ended, and what it held is gone. */
  ended(unread: Unread): void {
    this.#state.unread.ended(unread)
  }

  closed(connection: Connection, now: number): TurnOutcome {
    const state = this.#state
    return this.#turn(now, (scope) => {
      const go = (later: Scope): void => {
        leave(state, connection, later.now)
        later.payers.add(connection)
      }
      if (isWaiting(state, connection)) waitForIds(state, scope, connection, go)
      else go(scope)
    })
  }

  /** Sends what has become due; to be called once `nextDue` has come. */
  wake(now: number): TurnOutcome {
    return this.#turn(now, (scope) => loadIds(this.#state, scope, LIMITS.retryBatch))
  }

  /** Makes the room, unless it exists. */
  make(access: Access, now: number): TurnOutcome<Answer<void>> {
    return this.#writingTurn(now, () => {
      if (this.#state.log === undefined) beginRoom(this.#state, access, now)
    })
  }

  /** An action over HTTP. */
  act(who: Visitor, action: RoomAction, now: number): TurnOutcome<Answer> {
    return this.#turn(now, (scope) => handleAction(this.#state, scope, who, action))
  }

  /** The operator gives the room to someone who has joined it; `before` is its former owner. */
  transferOwnership(to: { by: string; before: string | undefined }, now: number): TurnOutcome<Answer> {
    return this.#turn(now, (scope): Answer => {
      const closed = writesClosed(this.#state, now)
      return closed ? { ok: false, ...closed } : transferOwnership(this.#state, scope, to)
    })
  }

  /** What people have reported, newest first. */
  reports(): ReportForOperator[] {
    return newestReports(this.#state)
  }

  /** Closes the sockets of a person whom the operator bans. Answers what finds the person in every room. */
  putOut(by: string, now: number): TurnOutcome<string | undefined> {
    return this.#turn(now, (scope) => {
      const session = this.#state.store.person(by)?.session
      if (session !== undefined) closeSockets(this.#state, scope, by, 'banned')
      return session
    })
  }

  /** What is due to be erased: a batch for each network that pays. */
  dueBatches(now: number): Batch[] {
    const { log } = this.#state
    return log ? dueBatches(this.#state, log, now) : []
  }

  /** Erases a batch of what people asked to be forgotten, or of what is older than the room keeps. */
  maintain(batch: Batch, now: number): TurnOutcome {
    return this.#turn(now, (scope) => {
      const { log } = this.#state
      if (log && !writesClosed(this.#state, now)) maintain(this.#state, scope, log, batch)
    })
  }

  /** Whether everything can be erased: tries to write. */
  mayErase(now: number): TurnOutcome<Answer<void>> {
    return this.#writingTurn(now, () => this.#state.log?.save({}))
  }

  /** Another room asks for this private room; `joined` tells whether the invited person is in it. */
  openPair(pair: PairRequest, now: number): TurnOutcome<Answer<{ joined: boolean }>> {
    return this.#writingTurn(now, (scope) => openPair(this.#state, scope, pair))
  }

  /** The private room of a room call exists; `joined` tells whether the invited person is in it. */
  pairOpened(call: PairCall, joined: boolean, now: number): TurnOutcome {
    return this.#turn(now, (scope) => tellPrivateRoom(this.#state, scope, call, joined))
  }

  /** The private room of a room call could not be reached. */
  pairFailed(call: PairCall, now: number): TurnOutcome {
    return this.#turn(now, (scope) => refuse(scope, call.asker, 'unavailable', { retryAfter: CALL_RETRY_MS }))
  }

  /** The room this private room was made from knows that someone has come. */
  visitTold(session: string, now: number): TurnOutcome<Answer<void>> {
    return this.#writingTurn(now, () => stopWaiting(this.#state, session))
  }

  /** Someone has come to the private room they were invited to from here. */
  visited(personId: string, room: string, now: number): TurnOutcome<Answer<void>> {
    return this.#writingTurn(now, () => meetInPrivate(this.#state, personId, room))
  }

  /** The private room that someone was invited to from here is gone. */
  withdrawn(personId: string, room: string, now: number): TurnOutcome<Answer<void>> {
    return this.#writingTurn(now, () => this.#state.store.uninvite(personId, room))
  }

  #turn<T>(now: number, work: (scope: Scope) => T): TurnOutcome<T> {
    const { unread, writes, waiting, pages, openingPairs } = this.#state
    const kept = {
      unread,
      writes,
      waiting: [...waiting],
      pages: [...pages],
      openingPairs: new Map(openingPairs),
    }
    try {
      return this.#play(now, work)
    } catch (fault) {
      if (!(fault instanceof StorageRefused)) throw fault
      this.#setBack(fault, now, kept)
      return this.#play(now, work)
    }
  }

  /** A turn that only writes: where nothing can be written, it does nothing. */
  #writingTurn<T>(now: number, work: (scope: Scope) => T): TurnOutcome<Answer<T>> {
    return this.#turn(now, (scope): Answer<T> => {
      const closed = writesClosed(this.#state, now)
      return closed ? { ok: false, ...closed } : { ok: true, value: work(scope) }
    })
  }

  /** After a turn that the storage refused, makes memory again from what is stored, and from what waited before the turn. */
  #setBack(fault: StorageRefused, now: number, kept: Kept): void {
    const { options, connections } = this.#state
    kept.writes.close(fault, now)
    const outlived = options.outlived?.() ?? connections
    // In place: what waits refers to it.
    Object.assign(this.#state, hydrate(options, outlived, []), kept)
  }

  #play<T>(now: number, work: (scope: Scope) => T): TurnOutcome<T> {
    const state = this.#state
    const outgoing = new Outgoing(now)
    const payers = new Set<Connection>()
    const scope: Scope = {
      now,
      outgoing,
      roomCalls: [],
      changes: [],
      erased: new Set(),
      catchingUp: new Set(),
      refusals: [],
      payers,
    }
    const { accounts } = state
    accounts.beginTurn()
    return state.store.transaction(() => {
      const stale = leaveStale(state, now)
      // A dead socket's last marker is nobody's.
      if (stale.length > 0) accounts.skip()
      const value = work(scope)
      answerPages(state, scope)
      catchUp(state, scope)
      forgetErased(state, scope)
      const deliveries = publish(state, scope)
      for (const { to, close } of deliveries) if (close) leave(state, to, now)
      for (const to of stale) deliveries.push({ to, frames: [], close: STALE })
      for (const delivery of deliveries)
        if (delivery.close) delivery.unread = state.unread.closed(delivery.to)
      this.#settle(scope)
      const { roomCalls, refusals } = scope
      const changes = scope.changes.map(({ event }) => event)
      if (changes.length > 0) state.writes.open()
      const { touched, bytes } = outgoing
      const leases = accounts.leases()
      return { value, deliveries, roomCalls, leases, touched, changes, refusals, bytes }
    })
  }

  /** Those who had the room do something pay for it, and for the time that it now stays awake. */
  #settle({ now, outgoing, payers }: Scope): void {
    const { ephemeral, presence, accounts, watchers } = this.#state
    for (const payer of payers) accounts.settle(payer)
    if (payers.size === 0) accounts.skip()
    accounts.stayAwake(latest(ephemeral.lastDue(), presence.lastExpiry(), watchers.nextDue()), now)
    for (const connection of accounts.touched) outgoing.touch(connection)
    accounts.touched.clear()
  }
}

/** What outlives a turn that is played again. */
type Kept = Pick<RoomState, 'unread' | 'writes' | 'waiting' | 'pages' | 'openingPairs'>

/** When to ask another room again that could not be reached. */
const CALL_RETRY_MS = 60_000

function latest(...dues: (number | undefined)[]): number | undefined {
  const known = dues.filter((due) => due !== undefined)
  return known.length > 0 ? Math.max(...known) : undefined
}

const STALE = { code: CLOSE.silent, reason: 'silent' }
