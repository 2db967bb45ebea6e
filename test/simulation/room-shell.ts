import type { SettingsChange } from '../../src/protocol/moderation.ts'
import { RoomCore } from '../../src/room/core.ts'
import { Mailbox } from '../../src/room/mailbox.ts'
import type { Access } from '../../src/room/model/room-record.ts'
import type { Store } from '../../src/room/model/store.ts'
import type { Rate } from '../../src/room/model/token-bucket.ts'
import { type Connection, newConnection, setBack } from '../../src/room/state/connection.ts'
import type { SignsOfLife } from '../../src/room/state/liveness.ts'
import type { Delivery } from '../../src/room/state/outgoing.ts'
import type { TurnOutcome } from '../../src/room/state/state.ts'
import { holds } from '../../tools/delivery/invariants.ts'
import type { SimulatedSocket } from './simulated-socket.ts'

/** A room promises to be awake no longer without a reason. */
const LONGEST_TIMER_MS = 5_000

/** What the platform does for a room's object, and what the object reports to it. */
export interface RoomHost {
  readonly room: string
  readonly rate: Rate
  now(): number
  /** As `now`, by a clock that is never set. */
  uptime(): number
  after(ms: number, run: () => void): () => void
  /** Resolves once all frames that have arrived by now are in the mailbox. */
  arrived(): Promise<void>
  /** Resolves once everything written by now is on the disk. */
  written(): Promise<void>
  newId(): string
  openStore(): Store
  /** The sockets that outlived the last sleep, each with its stored connection. */
  sockets(): Iterable<[SimulatedSocket, Connection]>
  /** The stored connection of a socket that has closed, and so is not among `sockets`. */
  revive(line: SimulatedSocket): Connection | undefined
  saveAttachment(line: SimulatedSocket, connection: Connection | undefined): void
  heartbeat(line: SimulatedSocket): number | undefined
  /** Sets the answer to heartbeats, which the platform gives while the room sleeps. */
  announce(seq: number): void
  /** A turn was committed. Its frames are sent next. */
  committed(): void
  sent(line: SimulatedSocket, frame: string): void
  /** Ends the object, because its memory may no longer match its storage. */
  abort(fault: unknown): void
}

/**
 * A room's object from waking to its next sleep: what `src/durable` does, in virtual time. Nothing in it has to outlive
 * it.
 */
export class RoomShell {
  readonly #host: RoomHost
  readonly #core: RoomCore
  readonly #connections = new Map<SimulatedSocket, Connection>()
  readonly #lines = new Map<Connection, SimulatedSocket>()
  readonly #heardAt = new Map<SimulatedSocket, number>()
  readonly #mailbox: Mailbox
  /** Frames that wait for their turn. */
  #waiting = 0
  #announced = -1
  #timer: { at: number; cancel(): void } | undefined
  #isOver = false
  /** When it was last active, as `uptime` tells. */
  activeAt: number

  constructor(host: RoomHost) {
    this.#host = host
    this.activeAt = host.uptime()
    for (const [line, connection] of host.sockets()) this.#add(line, connection)
    const { room, rate } = host
    const newRoomId = (): string => 'a'.repeat(26)
    const options = {
      room,
      rate,
      store: host.openStore(),
      newId: () => host.newId(),
      newRoomId,
      outlived: () => this.#outlived(),
      signsOfLife: (connection: Connection) => this.#signsOfLife(connection),
    }
    this.#core = new RoomCore(options, this.#connections.values())
    this.#mailbox = new Mailbox({
      now: () => host.now(),
      arrived: () => host.arrived(),
      committed: () => host.written(),
      turn: (incoming) => {
        this.#waiting = 0
        return this.#turn((now) => this.#core.receive(incoming, now))
      },
    })
    this.#announce()
  }

  get core(): RoomCore {
    return this.#core
  }

  /** Whether frames or timers are pending, which keep it awake. */
  get isBusy(): boolean {
    return this.#waiting > 0 || this.#core.nextDue() !== undefined
  }

  /** The watchers, which may have an unsent batch. */
  get watchers(): SimulatedSocket[] {
    return [...this.#connections].flatMap(([line, { watch }]) => (watch ? [line] : []))
  }

  make(access: Access): void {
    this.#turn((now) => this.#core.make(access, now))
  }

  set(who: { session: string; by: string }, change: SettingsChange): void {
    this.#mailbox.flush()
    this.#turn((now) => this.#core.act(who, { kind: 'set', change }, now))
  }

  accept(line: SimulatedSocket, who: { session: string; by: string }): void {
    const connection = newConnection({ ...who, origin: 'http://hallway.test' })
    this.#add(line, connection)
    this.#host.saveAttachment(line, connection)
    this.#core.open(connection)
    this.activeAt = this.#host.uptime()
  }

  message(line: SimulatedSocket, frame: string): void {
    this.#heardAt.set(line, this.#host.now())
    const from = this.#connection(line)
    if (from === undefined) return
    this.#waiting += 1
    // The promise rejects only if a commit fails after its turn, which does not happen here.
    void this.#mailbox.add({ from, frame })
  }

  closed(line: SimulatedSocket): void {
    this.#mailbox.flush()
    const connection = this.#connection(line)
    if (connection === undefined) return
    this.#remove(line)
    this.#turn((now) => this.#core.closed(connection, now))
  }

  /** Stops its timers and ignores later calls. */
  end(): void {
    this.#isOver = true
    this.#timer?.cancel()
  }

  /** A socket whose close woke the room is no longer among the open sockets, so its stored connection is read. */
  #connection(line: SimulatedSocket): Connection | undefined {
    const known = this.#connections.get(line)
    if (known) return known
    const revived = this.#host.revive(line)
    if (revived === undefined) return undefined
    this.#add(line, revived)
    this.#core.open(revived)
    return revived
  }

  /** Runs one turn. Returns whether it wrote a change. */
  #turn(work: (now: number) => TurnOutcome): boolean {
    if (this.#isOver) return false
    const host = this.#host
    let outcome: TurnOutcome
    try {
      outcome = work(host.now())
    } catch (fault) {
      this.end()
      host.abort(fault)
      return false
    }
    host.committed()
    this.#announce()
    for (const delivery of outcome.deliveries) this.#deliver(delivery)
    for (const connection of outcome.touched) {
      const line = this.#lines.get(connection)
      if (line) host.saveAttachment(line, connection)
    }
    this.activeAt = host.uptime()
    this.#setTimer()
    return outcome.changes.length > 0
  }

  #deliver({ to, frames, close }: Delivery): void {
    const line = this.#lines.get(to)
    if (line === undefined) return
    if (line.isOpen) {
      for (const frame of frames) {
        this.#host.sent(line, frame)
        line.send(frame)
      }
      if (close) line.close(close.code)
    }
    if (close) this.#remove(line)
  }

  /** The connections, each set back to what is stored with its socket. */
  #outlived(): Iterable<Connection> {
    for (const [line, connection] of this.#connections) {
      const stored = this.#host.revive(line)
      if (stored) setBack(connection, stored)
    }
    return this.#connections.values()
  }

  #signsOfLife(connection: Connection): SignsOfLife | undefined {
    const line = this.#lines.get(connection)
    if (line === undefined) return undefined
    return { isOpen: line.isOpen, heartbeat: this.#host.heartbeat(line), frame: this.#heardAt.get(line) }
  }

  #setTimer(): void {
    const at = this.#core.nextDue()
    if (at !== undefined && at === this.#timer?.at) return
    this.#timer?.cancel()
    this.#timer = undefined
    if (at === undefined) return
    const ms = at - this.#host.now()
    holds('calm', ms <= LONGEST_TIMER_MS, () => `a timer is set for ${ms} ms`)
    const cancel = this.#host.after(ms, () => {
      this.#timer = undefined
      this.#turn((now) => this.#core.wake(now))
    })
    this.#timer = { at, cancel }
  }

  #announce(): void {
    const newest = this.#core.record?.seq ?? 0
    if (newest === this.#announced) return
    this.#announced = newest
    this.#host.announce(newest)
  }

  #add(line: SimulatedSocket, connection: Connection): void {
    this.#connections.set(line, connection)
    this.#lines.set(connection, line)
  }

  #remove(line: SimulatedSocket): void {
    const connection = this.#connections.get(line)
    if (connection) this.#lines.delete(connection)
    this.#connections.delete(line)
    this.#host.saveAttachment(line, undefined)
  }
}
