import { DurableObject } from 'cloudflare:workers'
import type { UsageReport } from '../platform/bill.ts'
import { rateOf, roomSocketsOf } from '../platform/config.ts'
import { DurableSql } from '../platform/durable-sql.ts'
import { deriveBy, newId, newRoomId } from '../platform/ids.ts'
import { SqlStore } from '../platform/sql-store.ts'
import { faultFields, log } from '../platform/telemetry.ts'
import type { ErrorCode } from '../protocol/errors.ts'
import { LIMITS } from '../protocol/limits.ts'
import type { Message } from '../protocol/server-frames.ts'
import { admit } from '../room/access.ts'
import { type Connection, newConnection } from '../room/connection.ts'
import { RoomCore } from '../room/core.ts'
import type { Member } from '../room/facts.ts'
import { Inbox } from '../room/inbox.ts'
import type { Errand, Outcome } from '../room/state.ts'
import type { PageQuery } from '../room/store.ts'
import { Meter } from './meter.ts'
import { Sockets } from './sockets.ts'
import { Timer } from './timer.ts'

/** The headers by which the Worker tells a room who is asking; a client's own are taken off before. */
export const SESSION_HEADER = 'x-hallway-session'

export interface RoomFacts {
  room: string
  topic: string
  access: 'open' | 'private'
  online: number
  seq: number
  epoch: string | null
  retention: 'forever'
}

export type Answer<T> = { ok: true; value: T } | { ok: false; code: ErrorCode }

/**
 * The shell of one room: it accepts sockets, brings frames, time and storage to the core, and sends what the core
 * answers. Everything the core remembers is a cache of SQLite and of the sockets' attachments.
 */
export class Room extends DurableObject<Env> {
  readonly #name: string
  readonly #sql: DurableSql
  readonly #sockets: Sockets
  readonly #core: RoomCore
  readonly #timer: Timer
  readonly #meter: Meter
  readonly #inbox: Inbox
  #buriedAt = 0
  #announced = -1

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    if (ctx.id.name === undefined) throw new Error('A room is reached by its name')
    this.#name = ctx.id.name
    this.#sql = new DurableSql(ctx.storage)
    this.#sockets = new Sockets(ctx)
    const store = new SqlStore(this.#sql, this.#name)
    const report = (fault: unknown) => log('error', 'frame failed', faultFields(fault))
    const options = { room: this.#name, store, rate: rateOf(env), newId, newRoomId, report }
    this.#core = new RoomCore(options, this.#sockets.connections())
    this.#timer = new Timer(() => this.#turn((now) => this.#core.wake(now)))
    this.#inbox = new Inbox({
      now: () => Date.now(),
      arrived: () => scheduler.wait(0),
      committed: () => ctx.storage.sync(),
      turn: (incoming) => this.#turn((now) => this.#core.receive(incoming, now)).changes.length > 0,
    })
    const facts = () => this.#core.facts
    this.#meter = new Meter({ sql: this.#sql, sockets: this.#sockets, facts, env }, Date.now())
    this.#announce()
  }

  /** The upgrade, after the Worker has checked where it comes from and who asks. */
  override async fetch(request: Request): Promise<Response> {
    this.#meter.call('calls')
    const session = request.headers.get(SESSION_HEADER) ?? ''
    const refused = this.#refusal(session)
    if (refused) return Response.json({ code: refused }, { status: 409 })
    const by = await deriveBy(session, this.#name)
    const { 0: client, 1: server } = new WebSocketPair()
    const connection = newConnection({ session, by, origin: new URL(request.url).origin })
    this.#sockets.accept(server, connection)
    this.#core.open(connection)
    return new Response(null, { status: 101, webSocket: client })
  }

  /** What anyone who may enter can know of the room without entering, or why they would get no socket. */
  facts(session: string): Answer<RoomFacts> {
    this.#meter.call('calls')
    const { facts, online } = this.#core
    const refused = this.#refusal(session)
    if (refused) return { ok: false, code: refused }
    const { topic = '', seq = 0, epoch = null } = facts ?? {}
    const access = facts?.access.kind ?? 'open'
    return { ok: true, value: { room: this.#name, topic, access, online, seq, epoch, retention: 'forever' } }
  }

  /** A page of history, for whoever may enter. */
  messages(session: string, query: PageQuery): Answer<Message[]> {
    this.#meter.call('calls')
    const refused = admit(this.#name, this.#core.facts, session)
    return refused ? { ok: false, code: refused } : { ok: true, value: this.#core.page(query) }
  }

  /** What this room has used and what that costs, for whoever looks after it. */
  async usage(session: string): Promise<Answer<UsageReport & { room: string }>> {
    this.#meter.call('calls')
    const by = await deriveBy(session, this.#name)
    const refused = admit(this.#name, this.#core.facts, session) ?? this.#core.refusesUsage({ session, by })
    if (refused) return { ok: false, code: refused }
    return { ok: true, value: { room: this.#name, ...this.#meter.report(Date.now()) } }
  }

  #refusal(session: string): ErrorCode | undefined {
    const full = this.#core.connections.size >= roomSocketsOf(this.env)
    return admit(this.#name, this.#core.facts, session) ?? (full ? 'room-full' : undefined)
  }

  /** Makes this room, owned by whoever asked for it. */
  make(owner: string): void {
    this.#meter.call('calls')
    this.#core.make({ kind: 'open', owner }, Date.now())
  }

  /** Makes this room for two, and expects the one who was invited. Asked again it is the same room. */
  openPair(pair: { home: string; members: Member[]; invited: string }): { joined: boolean } {
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
  #turn(work: (now: number) => Outcome): Outcome {
    let outcome: Outcome
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
    for (const errand of outcome.errands) this.ctx.waitUntil(this.#run(errand))
    const due = this.#core.nextDue()
    this.#timer.set(due, Date.now())
    this.#meter.turn(outcome, due, Date.now())
    return outcome
  }

  /** Looks for dead sockets as the room wakes, and now and then while it is awake; no timer waits for that. */
  #bury(): void {
    const now = Date.now()
    if (now - this.#buriedAt < LIMITS.silenceLookMs) return
    this.#buriedAt = now
    this.#core.vanished(this.#sockets.bury(now))
  }

  /** What another room is needed for. */
  async #run(errand: Errand): Promise<void> {
    if (errand.kind === 'tellVisit') {
      await this.#room(errand.home).visited(errand.session, this.#name)
      this.#core.visitTold(errand.session)
      this.#meter.settle(Date.now())
      return
    }
    const members = [errand.inviter, errand.invited].map(({ session, username }) => ({ session, username }))
    try {
      const pair = { home: this.#name, members, invited: errand.invited.session }
      const { joined } = await this.#room(errand.room).openPair(pair)
      this.#turn((now) => this.#core.pairOpened(errand, joined, now))
    } catch (fault) {
      log('error', 'private room failed', faultFields(fault))
      this.#turn((now) => this.#core.pairFailed(errand, now))
    }
  }

  #room(name: string): DurableObjectStub<Room> {
    return this.env.ROOMS.getByName(name)
  }

  /** Sets what a heartbeat is answered with while the room sleeps. */
  #announce(): void {
    const newest = this.#core.facts?.seq ?? 0
    if (newest === this.#announced) return
    this.#announced = newest
    this.ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', this.#pong()))
  }

  #pong(): string {
    return `pong ${this.#core.facts?.seq ?? 0}`
  }
}
