import { DurableObject } from 'cloudflare:workers'
import type { UsageReport } from '../../platform/billing/bill.ts'
import { firstJoinsRateOf, rateOf, sizesOf, socketLimitsOf, throttlesOf } from '../../platform/config.ts'
import { deriveBy, deriveNetwork, hashedName, newId, newRoomId } from '../../platform/identity/ids.ts'
import { DurableSql } from '../../platform/sql/durable-sql.ts'
import {
  type ExportCursor,
  type ExportPage,
  type ExportSource,
  exportPage,
} from '../../platform/sql/export.ts'
import { SqlStore } from '../../platform/sql/sql-store.ts'
import { faultFields, log } from '../../platform/telemetry.ts'
import { CLOSE, type ErrorCode } from '../../protocol/errors.ts'
import { LIMITS } from '../../protocol/limits.ts'
import { isGeneratedId } from '../../protocol/names.ts'
import type { RoomFacts } from '../../protocol/room-facts.ts'
import type { Message } from '../../protocol/server-frames.ts'
import { RoomCore } from '../../room/core.ts'
import { Mailbox } from '../../room/mailbox.ts'
import { ownerOf, type Visitor } from '../../room/model/access.ts'
import type { Answer, RoomAction } from '../../room/model/actions.ts'
import { DEFAULT_SETTINGS, type PrivateMember } from '../../room/model/room-record.ts'
import type { PageQuery } from '../../room/model/store.ts'
import { type Connection, newConnection } from '../../room/state/connection.ts'
import type { RoomCall, TurnOutcome } from '../../room/state/state.ts'
import { DirectoryReporter } from './directory-reporter.ts'
import { MaintenanceAlarm } from './maintenance-alarm.ts'
import { Sockets } from './sockets.ts'
import { Timer } from './timer.ts'
import { UsageMeter } from './usage-meter.ts'

/** The headers by which the Worker tells a room who is asking; a client's own are taken off before. */
export const SESSION_HEADER = 'x-hallway-session'
export const NETWORK_HEADER = 'x-hallway-network'

/** Who asks: the hash of a session token, and the network they come from, where that is known. */
export interface Caller {
  session: string
  network?: string
}

/** What is made of the storage and the sockets, when the object wakes and after the room was erased. */
interface Memory {
  sockets: Sockets
  core: RoomCore
  meter: UsageMeter
  upkeep: MaintenanceAlarm
  stored: ExportSource
}

/**
 * The shell of one room: it accepts sockets, brings frames, time and storage to the core, and sends what the core
 * answers. Everything the core remembers is a cache of SQLite and of the sockets' attachments.
 */
export class Room extends DurableObject<Env> {
  readonly #name: string
  readonly #timer: Timer
  readonly #inbox: Mailbox
  readonly #listing: DirectoryReporter
  #sockets: Sockets
  #core: RoomCore
  #meter: UsageMeter
  #upkeep: MaintenanceAlarm
  #stored: ExportSource
  #buriedAt = 0
  #announced = -1

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    if (ctx.id.name === undefined) throw new Error('A room is reached by its name')
    this.#name = ctx.id.name
    this.#listing = new DirectoryReporter(ctx, env, this.#name)
    ;({
      sockets: this.#sockets,
      core: this.#core,
      meter: this.#meter,
      upkeep: this.#upkeep,
      stored: this.#stored,
    } = this.#recall())
    this.#timer = new Timer(() => this.#turn((now) => this.#core.wake(now)))
    this.#inbox = new Mailbox({
      now: () => Date.now(),
      arrived: () => scheduler.wait(0),
      committed: () => ctx.storage.sync(),
      turn: (incoming) => this.#turn((now) => this.#core.receive(incoming, now)).changes.length > 0,
    })
    this.#announce()
  }

  /** Memory, made of the storage and the sockets as they are. */
  #recall(): Memory {
    const { ctx, env } = this
    const sql = new DurableSql(ctx.storage)
    const sockets = new Sockets(ctx)
    const store = new SqlStore(sql, this.#name)
    const report = (fault: unknown) => log('error', 'frame failed', faultFields(fault))
    const [rate, throttles, sizes] = [rateOf(env), throttlesOf(env), sizesOf(env)]
    const options = { room: this.#name, store, rate, throttles, sizes, newId, newRoomId, report }
    const core = new RoomCore(options, sockets.connections())
    const meter = new UsageMeter(
      { sql, sockets, record: () => core.record, listing: this.#listing, env },
      Date.now(),
    )
    const upkeep = new MaintenanceAlarm(ctx.storage, {
      due: (now) => this.#core.maintenanceDue(now),
      work: () => this.#turn((now) => this.#core.maintain(now)),
    })
    return { sockets, core, meter, upkeep, stored: { sql, store, room: this.#name } }
  }

  /** The upgrade, after the Worker has checked where it comes from and who asks. */
  override async fetch(request: Request): Promise<Response> {
    this.#meter.call('calls')
    const session = request.headers.get(SESSION_HEADER) ?? ''
    const network = request.headers.get(NETWORK_HEADER)
    const who = await this.#visitor({ session, ...(network === null ? {} : { network }) })
    if (network !== null && !(await this.#mayBegin(network)))
      return Response.json({ code: 'rate-limited' }, { status: 409 })
    const refused = this.#refusal(who, Date.now(), true)
    if (refused) return Response.json({ code: refused }, { status: 409 })
    const { 0: client, 1: server } = new WebSocketPair()
    const connection = newConnection({ ...who, origin: new URL(request.url).origin, openedAt: Date.now() })
    this.#sockets.accept(server, connection)
    this.#core.open(connection)
    return new Response(null, { status: 101, webSocket: client })
  }

  /** Whoever comes first to a name begins a room, and from one network that is not done without end. */
  async #mayBegin(network: string): Promise<boolean> {
    if (this.#core.record !== undefined || isGeneratedId(this.#name)) return true
    const name = await hashedName('beginnings', network)
    return (await this.env.QUOTAS.getByName(name).spend(firstJoinsRateOf(this.env))) === 0
  }

  /** What anyone who may enter can know of the room without entering, or why they would get no socket. */
  async facts(asker: Caller): Promise<Answer<RoomFacts>> {
    this.#meter.call('calls')
    const who = await this.#visitor(asker)
    const { record, online } = this.#core
    const refused = this.#refusal(who, Date.now())
    if (refused) return { ok: false, code: refused }
    const { topic = '', seq = 0, epoch = null } = record ?? {}
    const access = record?.access.kind ?? 'open'
    const { title, retention } = record?.settings ?? DEFAULT_SETTINGS
    return { ok: true, value: { room: this.#name, title, topic, access, online, seq, epoch, retention } }
  }

  /** A page of history, for whoever may enter. */
  async messages(asker: Caller, query: PageQuery): Promise<Answer<Message[]>> {
    this.#meter.call('calls')
    const refused = this.#core.reads(await this.#visitor(asker), Date.now())
    return refused ? { ok: false, code: refused } : { ok: true, value: this.#core.page(query) }
  }

  /** What this room has used and what that costs, for whoever looks after it. */
  async usage(asker: Caller): Promise<Answer<UsageReport & { room: string }>> {
    this.#meter.call('calls')
    const refused = this.#core.refusesUsage(await this.#visitor(asker), Date.now())
    if (refused) return { ok: false, code: refused }
    return { ok: true, value: { room: this.#name, ...this.#meter.report(Date.now()) } }
  }

  /** What those who look after the room do, and what people do about themselves. */
  async act(asker: Caller, deed: RoomAction): Promise<Answer> {
    this.#meter.call('calls')
    const who = await this.#visitor(asker)
    const answer = this.#answer((now) => this.#core.act(who, deed, now))
    await this.#upkeep.plan(Date.now())
    return answer
  }

  /** The operator gives the room to someone who has joined it. */
  async transferOwnership(by: string): Promise<Answer> {
    this.#meter.call('calls')
    const access = this.#core.record?.access
    const owner = access && ownerOf(access)
    const before = owner === undefined ? undefined : await deriveBy(owner, this.#name)
    return this.#answer((now) => this.#core.transferOwnership({ by, before }, now))
  }

  /** A turn that is a call, and has an answer. */
  #answer(work: (now: number) => { answer: Answer; outcome: TurnOutcome }): Answer {
    let answer: Answer = { ok: false, code: 'internal' }
    this.#turn((now) => {
      const done = work(now)
      answer = done.answer
      return done.outcome
    })
    return answer
  }

  /** A page of all that the room holds, for the operator; undefined where it holds nothing. */
  exportPage(place?: ExportCursor): ExportPage | undefined {
    this.#meter.call('calls')
    return exportPage(this.#stored, place)
  }

  override async alarm(): Promise<void> {
    await this.#upkeep.ring(Date.now())
  }

  async #visitor({ session, network }: Caller): Promise<Visitor> {
    const by = await deriveBy(session, this.#name)
    if (network === undefined) return { session, by }
    return { session, by, network: await deriveNetwork(network, this.#name) }
  }

  /** Erases the room for whoever may: its owner, and either of the two of a private room. */
  async erase(asker: Caller): Promise<Answer<null>> {
    this.#meter.call('calls')
    const refused = this.#core.refusesErase(await this.#visitor(asker), Date.now())
    if (refused) return { ok: false, code: refused }
    await this.purge()
    return { ok: true, value: null }
  }

  /**
   * Everything goes: what is stored, every socket, and what is remembered of either. What is told of it, the closes
   * and the answer, waits until the deletion is safe. Whoever comes next meets a room that never was.
   */
  async purge(): Promise<void> {
    const access = this.#core.record?.access
    this.#timer.set(undefined, Date.now())
    try {
      const deleted = this.ctx.storage.deleteAll()
      this.#sockets.closeAll(CLOSE.erased, 'erased')
      ;({
        sockets: this.#sockets,
        core: this.#core,
        meter: this.#meter,
        upkeep: this.#upkeep,
        stored: this.#stored,
      } = this.#recall())
      this.#announce()
      await Promise.all([deleted, this.#listing.remove()])
    } catch (fault) {
      log('error', 'erasing failed', faultFields(fault))
      this.ctx.abort('This room could not be erased')
      throw fault
    }
    if (access?.kind === 'private') this.ctx.waitUntil(this.#takeBack(access.home, access.waiting))
  }

  /** An invitation to a room that is no more is repeated to nobody. */
  async #takeBack(home: string, waiting: readonly string[]): Promise<void> {
    for (const session of waiting) await this.#room(home).visited(session, this.#name)
  }

  /** Whether this room is open to someone who has never been in it. */
  async isNewTo(asker: Caller): Promise<boolean> {
    this.#meter.call('calls')
    const who = await this.#visitor(asker)
    const isOpen = (this.#core.record?.access.kind ?? 'open') === 'open'
    return isOpen && this.#core.refuses(who, Date.now()) === undefined && !this.#core.knows(who.by)
  }

  #refusal(who: Visitor, now: number, isArrival = false): ErrorCode | undefined {
    const refused =
      this.#core.refuses(who, now) ?? this.#core.refusesConnection(who, socketLimitsOf(this.env))
    if (refused || !isArrival) return refused
    return this.#core.connectsTooFast(who, now) ? 'rate-limited' : undefined
  }

  /** Makes this room, owned by whoever asked for it. */
  make(owner: string): void {
    this.#meter.call('calls')
    this.#core.make({ kind: 'open', owner }, Date.now())
  }

  /** Makes this room for two, and expects the one who was invited. Asked again it is the same room. */
  openPair(pair: { home: string; members: PrivateMember[]; invited: string }): { joined: boolean } {
    this.#meter.call('errands')
    const { home, members, invited } = pair
    this.#core.make({ kind: 'private', home, members, waiting: [] }, Date.now())
    return this.#core.expect(invited)
  }

  /** A private room tells the one it was made from that an invited person has come. */
  async visited(session: string, room: string): Promise<void> {
    this.#meter.call('errands')
    this.#core.visited(await deriveBy(session, this.#name), room)
    this.#meter.settle(Date.now())
  }

  override webSocketMessage(socket: WebSocket, frame: string | ArrayBuffer): void | Promise<void> {
    this.#meter.frame()
    // The heartbeat is answered without waking the room; one that comes through all the same is answered here.
    if (frame === 'ping') return socket.send(this.#pong())
    this.#sockets.hear(socket, Date.now())
    const from = this.#connection(socket)
    if (from === undefined) return
    return this.#inbox.add({ from, frame })
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
    // What was sent before a goodbye is heard before it.
    this.#inbox.flush()
    const connection = this.#connection(socket)
    if (connection === undefined) return
    this.#sockets.remove(socket)
    this.#turn((now) => this.#core.closed(connection, now))
  }

  /** Where the end of a socket, or its last words, woke the room, that socket alone knows who was here until now. */
  #connection(socket: WebSocket): Connection | undefined {
    const known = this.#sockets.connection(socket)
    if (known) return known
    const revived = this.#sockets.revive(socket)
    if (revived) this.#core.open(revived)
    this.#meter.take(this.#sockets.carried)
    return revived
  }

  /**
   * One turn: the core decides and commits, then what it answers is sent. Where that fails nothing was stored or
   * sent, and memory can no longer be trusted: the object ends, and everyone comes back and resumes.
   */
  #turn(work: (now: number) => TurnOutcome): TurnOutcome {
    let outcome: TurnOutcome
    this.#bury()
    try {
      outcome = work(Date.now())
    } catch (fault) {
      log('error', 'turn failed', faultFields(fault))
      this.ctx.abort('A turn of this room failed')
      throw fault
    }
    this.#announce()
    for (const delivery of outcome.deliveries) this.#sockets.deliver(delivery)
    for (const connection of outcome.touched) this.#sockets.keep(connection)
    for (const errand of outcome.roomCalls) this.ctx.waitUntil(this.#run(errand))
    const due = this.#core.nextDue()
    this.#timer.set(due, Date.now())
    this.#meter.turn(outcome, due, Date.now())
    if (outcome.changes.length > 0) this.#plan()
    return outcome
  }

  /** A room that keeps nothing for ever has something to erase one day. */
  #plan(): void {
    if (this.#core.record?.settings.retention !== 'forever') this.ctx.waitUntil(this.#upkeep.plan(Date.now()))
  }

  /** Looks for dead sockets as the room wakes, and now and then while it is awake; no timer waits for that. */
  #bury(): void {
    const now = Date.now()
    if (now - this.#buriedAt < LIMITS.staleLookMs) return
    this.#buriedAt = now
    this.#core.vanished(this.#sockets.closeStale(now))
  }

  /** What another room is needed for. */
  async #run(errand: RoomCall): Promise<void> {
    const core = this.#core
    if (errand.kind === 'tellVisit') {
      await this.#room(errand.home).visited(errand.session, this.#name)
      if (core === this.#core) core.visitTold(errand.session)
      this.#meter.settle(Date.now())
      return
    }
    const members = [errand.inviter, errand.invited].map(({ session, username }) => ({ session, username }))
    try {
      const pair = { home: this.#name, members, invited: errand.invited.session }
      const { joined } = await this.#room(errand.room).openPair(pair)
      // Where this room was erased meanwhile, who asked has gone with it.
      if (core === this.#core) this.#turn((now) => core.pairOpened(errand, joined, now))
    } catch (fault) {
      log('error', 'private room failed', faultFields(fault))
      if (core === this.#core) this.#turn((now) => core.pairFailed(errand, now))
    }
  }

  #room(name: string): DurableObjectStub<Room> {
    return this.env.ROOMS.getByName(name)
  }

  /** Sets what a heartbeat is answered with while the room sleeps. */
  #announce(): void {
    const newest = this.#core.record?.seq ?? 0
    if (newest === this.#announced) return
    this.#announced = newest
    this.ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', this.#pong()))
  }

  #pong(): string {
    return `pong ${this.#core.record?.seq ?? 0}`
  }
}
