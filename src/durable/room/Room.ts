import { DurableObject } from 'cloudflare:workers'
import type { UsageReport } from '../../platform/billing/bill.ts'
import { firstJoinsRateOf, joinsBeginRooms, socketLimitsOf } from '../../platform/config.ts'
import { derivePersonId, objectName } from '../../platform/identity/ids.ts'
import { type ExportCursor, type ExportPage, exportPage } from '../../platform/sql/export.ts'
import { faultFields, log } from '../../platform/telemetry.ts'
import { CLOSE, type ErrorCode } from '../../protocol/error-rules.ts'
import { isGeneratedId } from '../../protocol/names.ts'
import type { RoomFacts } from '../../protocol/room-facts.ts'
import type { Message } from '../../protocol/server-frames.ts'
import type { PairRequest } from '../../room/handlers/private-room.ts'
import type { ReportForOperator } from '../../room/handlers/report.ts'
import { Mailbox } from '../../room/mailbox.ts'
import { ownerOf, type Visitor } from '../../room/model/access.ts'
import { type Answer, type RefusedAnswer, type RoomAction, refused } from '../../room/model/actions.ts'
import type { PageQuery } from '../../room/model/store.ts'
import { type Connection, newConnection } from '../../room/state/connection.ts'
import type { TurnOutcome } from '../../room/state/state.ts'
import { dayIsUsedUp } from '../day-budget.ts'
import { quotaOf } from '../Quota.ts'
import { Commits } from './commits.ts'
import { DirectoryReporter } from './directory-reporter.ts'
import { IncomingCalls } from './incoming-calls.ts'
import { hydrateRoom, type LiveRoom } from './live-room.ts'
import { factsOf, NO_ROOM } from './public-facts.ts'
import {
  type Caller,
  NETWORK_HEADER,
  PAYER_HEADER,
  SESSION_HEADER,
  UNITS_HEADER,
  UNSPENT_HEADER,
  VERSION_HEADER,
} from './room-caller.ts'
import { RoomCalls } from './room-calls.ts'

/**
 * The shell of one room: it accepts sockets, brings frames, time and storage to the core, and sends what the core
 * answers. Everything in memory is a cache of SQLite and of the sockets' attachments.
 * The names of its calls stay: during a deploy, a Worker of one version calls rooms of another.
 */
export class Room extends DurableObject<Env> {
  readonly #name: string
  readonly #directory: DirectoryReporter
  readonly #roomCalls: RoomCalls
  readonly #calls: IncomingCalls
  readonly #mailbox: Mailbox
  readonly #commits: Commits
  #live: LiveRoom

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    if (ctx.id.name === undefined) throw new Error('A room is reached by its name')
    this.#name = ctx.id.name
    this.#directory = new DirectoryReporter(ctx, env, this.#name)
    this.#roomCalls = new RoomCalls(env, this.#name, this.#directory)
    this.#commits = new Commits(ctx.storage, this.#name, Date.now())
    this.#live = this.#hydrate()
    this.#calls = new IncomingCalls(this.#name, () => this.#live)
    this.#mailbox = new Mailbox({
      now: () => Date.now(),
      arrived: () => scheduler.wait(0),
      committed: () => this.#commits.newest,
      turn: (incoming) =>
        this.#live.turns.play((core, now) => core.receive(incoming, now)).changes.length > 0,
    })
  }

  #hydrate(): LiveRoom {
    const { ctx, env } = this
    const [directory, roomCalls, commits] = [this.#directory, this.#roomCalls, this.#commits]
    return hydrateRoom({ ctx, env, room: this.#name, directory, roomCalls, commits })
  }

  /** The upgrade, after the Worker has checked where it comes from and who asks. */
  override async fetch(request: Request): Promise<Response> {
    const session = request.headers.get(SESSION_HEADER) ?? ''
    const network = request.headers.get(NETWORK_HEADER)
    const version = request.headers.get(VERSION_HEADER)
    const asker = {
      session,
      ...(network === null ? {} : { network }),
      ...(version === null ? {} : { version: Number(version) }),
    }
    return this.#calls.from(asker, async (_, who) => {
      const closedToday = await this.#refusesStranger(who)
      if (closedToday) return conflict(closedToday)
      const isBeginning = this.#isBegunByJoin()
      const wait = network === null ? 0 : await this.#waitToBegin(network)
      if (wait > 0) return conflict({ code: 'rate-limited', retryAfter: wait })
      // After the wait: the room may have been erased meanwhile.
      const { core, sockets, turns } = this.#live
      const now = Date.now()
      const closed = core.refuses(who, now)
      if (closed) return conflict({ code: closed })
      const place = core.placeFor(who, socketLimitsOf(this.env), now)
      if (place.kind === 'none') return conflict(place)
      const hasty = core.connectsTooFast(who, now)
      if (hasty) return conflict(hasty)
      if (place.kind === 'of') turns.play((_, at) => core.makeWay(place.connection, at))
      const { 0: client, 1: server } = new WebSocketPair()
      const payer = request.headers.get(PAYER_HEADER) ?? undefined
      const origin = new URL(request.url).origin
      const connection = newConnection({
        ...who,
        origin,
        openedAt: now,
        ...(payer === undefined ? {} : { payer }),
      })
      sockets.accept(server, connection)
      core.open(connection)
      const units = Number(request.headers.get(UNITS_HEADER))
      const unspent = core.bring(connection, units, isBeginning ? COUNTING_ROWS : 0)
      sockets.keep(connection)
      return new Response(null, {
        status: 101,
        webSocket: client,
        headers: { [UNSPENT_HEADER]: String(unspent) },
      })
    })
  }

  /** A first visitor begins the room. A network begins a limited number of rooms a day; returns how many ms it has to wait. */
  async #waitToBegin(network: string): Promise<number> {
    if (!this.#isBegunByJoin()) return 0
    const name = await objectName('beginnings', network)
    try {
      return await quotaOf(this.env, name).spend(firstJoinsRateOf(this.env))
    } catch (fault) {
      // People may go on where nobody can count.
      log('error', 'beginning not counted', faultFields(fault))
      return 0
    }
  }

  /** Whether the room has not begun, and the first to join begins it. */
  #isBegunByJoin(): boolean {
    const isBegun = this.#live.core.record !== undefined
    return !isBegun && !isGeneratedId(this.#name) && joinsBeginRooms(this.env)
  }

  /** Past the operator's budget for the day, people whom the room does not know are refused. */
  async #refusesStranger(who: Visitor): Promise<RefusedAnswer | undefined> {
    if (!this.#live.core.isStranger(who)) return undefined
    const retryAfter = await dayIsUsedUp(this.env)
    return retryAfter > 0 ? { ...refused('closed-today'), retryAfter } : undefined
  }

  #refusesSocket(who: Visitor, now: number): ErrorCode | undefined {
    const { core } = this.#live
    const closed = core.refuses(who, now)
    if (closed) return closed
    const place = core.placeFor(who, socketLimitsOf(this.env), now)
    return place.kind === 'none' ? place.code : undefined
  }

  #refusesFacts(who: Visitor, now: number): RefusedAnswer | undefined {
    const closed = this.#refusesSocket(who, now)
    return closed ? refused(closed) : this.#live.core.charges(who, now)
  }

  /** The facts that everyone who may join may see before joining, or why they would get no socket. */
  facts(asker: Caller): Promise<Answer<RoomFacts>> {
    return this.#calls.from(asker, async (_, who) => {
      const refusal = (await this.#refusesStranger(who)) ?? this.#refusesFacts(who, Date.now())
      return answer(refusal, () => factsOf(this.#name, this.#live.core))
    })
  }

  /** A page of history, for everyone who may join. */
  messages(asker: Caller, query: PageQuery): Promise<Answer<Message[]>> {
    return this.#calls.from(asker, async (_, who) => {
      const closedToday = await this.#refusesStranger(who)
      const { core } = this.#live
      return answer(closedToday ?? core.refusesPage(who, query, Date.now()), () => core.page(query))
    })
  }

  /** The room's usage and its cost, for people who may see them. */
  usage(asker: Caller): Promise<Answer<UsageReport & { room: string }>> {
    return this.#calls.from(asker, ({ core, meter }, who, now) =>
      answer(core.refusesUsage(who, now), () => ({ room: this.#name, ...meter.report(now) })),
    )
  }

  /** Moderation, room settings, and what people do about themselves. */
  govern(asker: Caller, action: RoomAction): Promise<Answer> {
    return this.#calls.from(asker, async (_, who) => {
      const closedToday = await this.#refusesStranger(who)
      if (closedToday) return closedToday
      const { turns, maintenance } = this.#live
      const { value } = turns.play((core, now) => core.act(who, action, now))
      await maintenance.plan(Date.now())
      return value
    })
  }

  /** The operator gives the room to someone who has joined it. */
  async handOver(personId: string): Promise<Answer> {
    const { access } = this.#calls.fromWorker().core.record ?? {}
    const owner = access && ownerOf(access)
    const before = owner === undefined ? undefined : await derivePersonId(owner, this.#name)
    return this.#live.turns.play((core, now) => core.transferOwnership({ by: personId, before }, now)).value
  }

  /** The operator bans a person: their sockets are closed. Answers what finds them in every room, or undefined for a stranger. */
  putOut(personId: string): string | undefined {
    return this.#calls.fromWorker().turns.play((core, now) => core.putOut(personId, now)).value
  }

  /** What people have reported here, for the operator. */
  reports(): ReportForOperator[] {
    return this.#calls.fromWorker().core.reports()
  }

  /** A page of everything the room stores, for the operator; undefined if it stores nothing. */
  exportPage(place?: ExportCursor): ExportPage | undefined {
    return exportPage(this.#calls.fromWorker().exportSource, place)
  }

  /** Whether this room is open to someone who has never joined it. */
  isNewTo(asker: Caller): Promise<boolean> {
    return this.#calls.from(asker, ({ core }, who, now) => {
      const isOpen = (core.record?.access.kind ?? 'open') === 'open'
      return isOpen && core.refuses(who, now) === undefined && !core.knows(who.by)
    })
  }

  /** Creates this room for its owner; without one, it belongs to nobody. Where it exists, nothing changes. */
  make(owner?: string): Answer<void> {
    const access = { kind: 'open', ...(owner === undefined ? {} : { owner }) } as const
    return this.#calls.fromWorker().turns.play((core, now) => core.make(access, now)).value
  }

  /** Creates this private room, and waits for the invited person. A second call changes nothing. */
  openPair(pair: PairRequest): { joined: boolean } {
    return written(this.#calls.fromRoom().turns.play((core, now) => core.openPair(pair, now)))
  }

  /** A private room tells the room it was made from that an invited person has come, or that it was erased. */
  async visited(session: string, room: string, isErased = false): Promise<void> {
    this.#calls.fromRoom()
    const personId = await derivePersonId(session, this.#name)
    written(
      this.#live.turns.play((core, now) =>
        isErased ? core.withdrawn(personId, room, now) : core.visited(personId, room, now),
      ),
    )
  }

  /** Erases the room for its owner, or for either member of a private room. */
  erase(asker: Caller): Promise<Answer<null>> {
    return this.#calls.from(asker, async ({ core }, who, now): Promise<Answer<null>> => {
      const closed = core.refusesErase(who, now)
      if (closed) return refused(closed)
      return this.purge()
    })
  }

  /**
   * Erases everything: the storage, the sockets, and their copies in memory. The platform holds the closes and the
   * answer back until the deletion is safe. For the next visitor the room has never existed. Where nothing can be written,
   * nothing is erased.
   */
  async purge(): Promise<Answer<null>> {
    const { core, sockets, turns } = this.#live
    const access = core.record?.access
    const { value: may } = turns.play((_, now) => core.mayErase(now))
    if (!may.ok) return may
    turns.end()
    try {
      const deleted = this.ctx.storage.deleteAll()
      sockets.closeAll(CLOSE.erased, 'erased')
      this.#live = this.#hydrate()
      await Promise.all([deleted, this.#directory.remove()])
    } catch (fault) {
      log('error', 'erasing failed', faultFields(fault))
      this.ctx.abort('This room could not be erased')
      throw fault
    }
    if (access === undefined) return refused('not-found', NO_ROOM)
    this.ctx.waitUntil(this.#roomCalls.withdrawInvitations(access))
    return { ok: true, value: null }
  }

  override async alarm(): Promise<void> {
    const { maintenance, meter } = this.#live
    meter.alarm()
    try {
      await maintenance.ring(Date.now())
    } finally {
      meter.settle(Date.now())
    }
  }

  override webSocketMessage(socket: WebSocket, frame: string | ArrayBuffer): void | Promise<void> {
    const { meter, sockets } = this.#live
    meter.frame()
    // The platform answers the heartbeat without waking the room. If a heartbeat arrives all the same, it is answered
    // here.
    if (frame === 'ping') return socket.send(sockets.pong)
    sockets.hear(socket, Date.now())
    const from = this.#connection(socket)
    if (from === undefined) return
    return this.#mailbox.add({ from, frame })
  }

  override webSocketClose(socket: WebSocket, code: number, reason: string): void {
    this.#gone(socket)
    try {
      // 1005 and 1006 mean that no code came; they may not be sent.
      socket.close(code === 1005 || code === 1006 ? 1000 : code, reason)
    } catch {
      // Closed on both sides already.
    }
  }

  override webSocketError(socket: WebSocket): void {
    this.#gone(socket)
  }

  #gone(socket: WebSocket): void {
    // Frames that arrived before the close have their turn before it.
    this.#mailbox.flush()
    const connection = this.#connection(socket)
    const { core, sockets, turns } = this.#live
    const unread = sockets.ended(socket)
    if (unread) core.ended(unread)
    if (connection === undefined) return
    sockets.remove(socket)
    turns.play((core, now) => core.closed(connection, now))
  }

  /** Restores a socket that the platform does not list, because its close or last frame woke the room. */
  #connection(socket: WebSocket): Connection | undefined {
    const { core, sockets, meter } = this.#live
    const known = sockets.connection(socket)
    if (known) return known
    const revived = sockets.revive(socket)
    if (revived) core.open(revived)
    meter.take(sockets.carried)
    return revived
  }
}

/** What counting the rooms that a network begins writes. */
const COUNTING_ROWS = 3

function answer<T>(refusal: RefusedAnswer | undefined, value: () => T): Answer<T> {
  return refusal ?? { ok: true, value: value() }
}

/** What a call of another room wrote. Throws where nothing can be written: that room asks again. */
function written<T>({ value }: TurnOutcome<Answer<T>>): T {
  if (!value.ok) throw new Error(value.code)
  return value.value
}

function conflict({ code, retryAfter, until }: Omit<RefusedAnswer, 'ok'>): Response {
  return Response.json({ code, retryAfter, until }, { status: 409 })
}
