import type { Sql } from '../../../src/platform/sql/sql.ts'
import { SqlStore } from '../../../src/platform/sql/sql-store.ts'
import { LIMITS } from '../../../src/protocol/limits.ts'
import { RoomCore } from '../../../src/room/core.ts'
import type { Answer, RoomAction } from '../../../src/room/model/actions.ts'
import { DEFAULT_SIZES, type Sizes } from '../../../src/room/model/sizes.ts'
import { StorageRefused } from '../../../src/room/model/storage-refused.ts'
import type { Rate } from '../../../src/room/model/token-bucket.ts'
import { type Connection, newConnection, setBack } from '../../../src/room/state/connection.ts'
import type { RowCounts } from '../../../src/room/state/credit-accounts.ts'
import type { SignsOfLife } from '../../../src/room/state/liveness.ts'
import type { RoomCall, TurnOutcome } from '../../../src/room/state/state.ts'
import type { Unread } from '../../../src/room/state/unread-output.ts'
import { WriteGate } from '../../../src/room/state/write-gate.ts'
import { NodeSql } from '../../../tools/node-sql.ts'

export interface Heard {
  event: string
  data: unknown
}

/** The deliveries of one turn. */
export class Told {
  readonly outcome: TurnOutcome

  constructor(outcome: TurnOutcome) {
    this.outcome = outcome
  }

  get roomCalls(): readonly RoomCall[] {
    return this.outcome.roomCalls
  }

  /** The frames for this socket. */
  frames(to: Connection): readonly string[] {
    return this.outcome.deliveries.filter((delivery) => delivery.to === to).flatMap(({ frames }) => frames)
  }

  /** The events in these frames, in order. */
  to(to: Connection): Heard[] {
    return this.frames(to).flatMap((text) => [JSON.parse(text)].flat())
  }

  events(to: Connection): string[] {
    return this.to(to).map(({ event }) => event)
  }

  /** The data of the only event of that kind. */
  the(to: Connection, event: string): unknown {
    const found = this.to(to).filter((one) => one.event === event)
    if (found.length !== 1) throw new Error(`${found.length} ${event} in ${this.events(to).join(', ')}`)
    return found[0]?.data
  }

  closed(to: Connection): { code: number; reason: string } | undefined {
    return this.outcome.deliveries.find((delivery) => delivery.to === to && delivery.close)?.close
  }
}

interface Options {
  room?: string
  rate?: Rate
  sizes?: Sizes
  /** A store that another room has filled. */
  store?: SqlStore
  /** What sockets that were closed before the room woke still hold. */
  unread?: Iterable<Unread>
}

/** A room over SQLite in memory, whose clock and sockets a test controls. */
export class TestRoom {
  readonly room: string
  readonly sql = new NodeSql()
  readonly store: SqlStore
  readonly rate: Rate
  readonly sizes: Sizes
  readonly faults: unknown[] = []
  /** What is known of these connections, in place of the usual. */
  readonly signs = new Map<Connection, SignsOfLife>()
  now = 1_000_000
  core: RoomCore
  readonly #dead = new Set<Connection>()
  /** What would be saved of each connection as the attachment of its socket. */
  readonly #saved = new Map<Connection, string>()
  /** How many more statements may write; undefined where the storage refuses none. */
  #writesLeft: number | undefined
  #isDayUsedUp = false
  #ids = 0
  #rooms = 0

  constructor({
    room = 'kitchen',
    rate = { burst: 10_000, perSecond: 10_000 },
    sizes = DEFAULT_SIZES,
    store,
    unread = [],
  }: Options = {}) {
    this.room = room
    this.sizes = sizes
    this.rate = rate
    this.store = store ?? new SqlStore(this.#refusing(), room)
    this.core = this.#wake([], unread)
  }

  /** Replaces the object, with the same storage and the open sockets. */
  sleep(): void {
    this.core = this.#wake(this.core.connections)
  }

  open(by: string, more: { session?: string; network?: string; payer?: string } = {}): Connection {
    const connection = newConnection({ session: `s-${by}`, by, origin: 'https://hallway.test', ...more })
    this.core.open(connection)
    this.#save([connection])
    return connection
  }

  /** From now on the storage refuses every statement that writes, after as many as it still takes. */
  refuseWrites({ after = 0, isDayUsedUp = false } = {}): void {
    this.#writesLeft = after
    this.#isDayUsedUp = isDayUsedUp
  }

  allowWrites(): void {
    this.#writesLeft = undefined
  }

  /** A joined person, after their join was announced. */
  enter(by: string, more: object = {}): Connection {
    const connection = this.open(by)
    this.join(connection, more)
    this.wait(2_000)
    return connection
  }

  join(from: Connection, more: object = {}): Told {
    return this.send(from, 'userJoin', { username: from.by, ...more })
  }

  send(from: Connection, event: string, data: object = {}): Told {
    return this.turn([from, event, data])
  }

  /** Handles several frames in one turn. */
  turn(...frames: [Connection, string, object][]): Told {
    const incoming = frames.map(([from, event, data]) => ({
      from,
      frame: JSON.stringify({ event, data: { room: this.room, ...data } }),
    }))
    return new Told(this.#kept(this.core.receive(incoming, this.now)))
  }

  /** An HTTP action, by a person who need not be present. */
  act(by: string, action: RoomAction, network?: string, payer?: string): { answer: Answer; told: Told } {
    const from = { ...(network === undefined ? {} : { network }), ...(payer === undefined ? {} : { payer }) }
    const who = { session: `s-${by}`, by, ...from }
    const outcome = this.#kept(this.core.act(who, action, this.now))
    return { answer: outcome.value, told: new Told(outcome) }
  }

  /** The result of an action: `ok`, or the code of the refusal. */
  ask(by: string, action: RoomAction): string {
    const { answer } = this.act(by, action)
    return answer.ok ? 'ok' : answer.code
  }

  text(from: Connection, frame: string | ArrayBuffer): Told {
    return new Told(this.#kept(this.core.receive([{ from, frame }], this.now)))
  }

  leave(who: Connection): Told {
    this.#saved.delete(who)
    return new Told(this.#kept(this.core.closed(who, this.now)))
  }

  /** Closes sockets without a close event. The next turn notices. */
  die(...connections: Connection[]): void {
    for (const connection of connections) this.#dead.add(connection)
    this.now += LIMITS.staleLookMs
  }

  /** Advances the clock, and wakes the room whenever something is due. Returns the last turn. */
  wait(ms: number): Told {
    const end = this.now + ms
    const deliveries: TurnOutcome['deliveries'] = []
    let wakes = 0
    for (let due = this.core.nextDue(); due !== undefined && due <= end; due = this.core.nextDue()) {
      if (++wakes > 1_000) throw new Error('The room never rests')
      this.now = Math.max(this.now, due)
      deliveries.push(...this.#kept(this.core.wake(this.now)).deliveries)
    }
    this.now = end
    const value = undefined
    return new Told({
      value,
      deliveries,
      roomCalls: [],
      leases: [],
      touched: new Set(),
      changes: [],
      refusals: [],
      bytes: 0,
    })
  }

  #kept<T>(outcome: TurnOutcome<T>): TurnOutcome<T> {
    this.#save(outcome.touched)
    for (const { to, close } of outcome.deliveries) if (close) this.#saved.delete(to)
    return outcome
  }

  #save(connections: Iterable<Connection>): void {
    for (const connection of connections) this.#saved.set(connection, JSON.stringify(connection))
  }

  #outlived(): Iterable<Connection> {
    for (const [connection, saved] of this.#saved) setBack(connection, JSON.parse(saved))
    return this.#saved.keys()
  }

  #refusing(): Sql {
    const run: Sql['run'] = (statement, ...values) => {
      if (this.#writesLeft !== undefined && !/^\s*SELECT/i.test(statement)) {
        if (this.#writesLeft === 0) throw new StorageRefused('SQLITE_FULL', this.#isDayUsedUp)
        this.#writesLeft -= 1
      }
      return this.sql.run(statement, ...values)
    }
    return { run, transaction: (work) => this.sql.transaction(work) }
  }

  #wake(connections: Iterable<Connection>, unread: Iterable<Unread> = []): RoomCore {
    const options = {
      room: this.room,
      store: this.store,
      rate: this.rate,
      sizes: this.sizes,
      writes: new WriteGate(),
      outlived: () => this.#outlived(),
      counted: countedFrom(this.sql),
      newId: () => `id-${++this.#ids}`,
      newRoomId: () => nthRoomId(this.#rooms++),
      signsOfLife: (connection: Connection) =>
        this.signs.get(connection) ?? (this.#dead.has(connection) ? SILENT : OPEN),
      report: (fault: unknown) => this.faults.push(fault),
    }
    return new RoomCore(options, connections, unread)
  }
}

/** The rows that the database counts from now on, as that of an object which has just woken. */
function countedFrom(sql: NodeSql): RowCounts {
  const { rowsRead, rowsWritten } = sql
  return {
    get rowsRead() {
      return sql.rowsRead - rowsRead
    },
    get rowsWritten() {
      return sql.rowsWritten - rowsWritten
    },
  }
}

/** The signs of life of a closed socket without a frame. */
const SILENT = { isOpen: false, heartbeat: undefined, frame: undefined }

/** Those of an open socket whose client keeps no heartbeat. */
const OPEN = { isOpen: true, heartbeat: undefined, frame: undefined }

/** The n-th generated room id: `aa…aa`, `aa…ab` and so on. */
function nthRoomId(n: number): string {
  const letters = 'abcdefghijklmnopqrstuvwxyz'
  return `${'a'.repeat(24)}${letters[Math.floor(n / 26)]}${letters[n % 26]}`
}
