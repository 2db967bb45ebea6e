import { RoomCore } from '../../src/room/core.ts'
import { Mailbox } from '../../src/room/mailbox.ts'
import type { Access } from '../../src/room/model/room-record.ts'
import type { Store } from '../../src/room/model/store.ts'
import type { Rate } from '../../src/room/model/token-bucket.ts'
import { type Connection, newConnection } from '../../src/room/state/connection.ts'
import type { SignsOfLife } from '../../src/room/state/liveness.ts'
import type { Delivery } from '../../src/room/state/outgoing.ts'
import type { TurnOutcome } from '../../src/room/state/state.ts'
import type { SimulatedSocket } from './simulated-socket.ts'

/** What the platform does for a room's object, and what it tells of it. */
export interface Surroundings {
  readonly room: string
  readonly rate: Rate
  now(): number
  after(ms: number, run: () => void): () => void
  /** Resolves once what has arrived by now has been read. */
  arrived(): Promise<void>
  /** Resolves once all that was written by now is on the disk. */
  written(): Promise<void>
  newId(): string
  openStore(): Store
  /** Sockets that outlived the last sleep, with what was put away of each. */
  sockets(): Iterable<[SimulatedSocket, Connection]>
  /** What was put away of a socket that is not among these, because it has closed. */
  revive(line: SimulatedSocket): Connection | undefined
  keep(line: SimulatedSocket, connection: Connection | undefined): void
  heartbeat(line: SimulatedSocket): number | undefined
  /** What a heartbeat is answered with while the room sleeps. */
  announce(seq: number): void
  /** A turn was committed; what it tells is about to be sent. */
  committed(): void
  sent(line: SimulatedSocket, frame: string): void
  /** Memory can no longer be trusted: the object ends. */
  abort(fault: unknown): void
}

/**
 * One life of a room's object, from waking to its next sleep: what `src/durable` does, in virtual time. It holds nothing
 * that has to outlive it.
 */
export class RoomShell {
  readonly #around: Surroundings
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
  /** When it last did something. */
  activeAt: number

  constructor(around: Surroundings) {
    this.#around = around
    this.activeAt = around.now()
    for (const [line, connection] of around.sockets()) this.#add(line, connection)
    const { room, rate } = around
    const newRoomId = (): string => 'a'.repeat(26)
    const options = {
      room,
      rate,
      store: around.openStore(),
      newId: () => around.newId(),
      newRoomId,
      signsOfLife: (connection: Connection) => this.#signsOfLife(connection),
    }
    this.#core = new RoomCore(options, this.#connections.values())
    this.#mailbox = new Mailbox({
      now: () => around.now(),
      arrived: () => around.arrived(),
      committed: () => around.written(),
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

  /** Whether something is still to be done, so that it may not sleep. */
  get isBusy(): boolean {
    return this.#waiting > 0 || this.#core.nextDue() !== undefined
  }

  /** Those who only watch, if something is gathered for them. */
  get owed(): SimulatedSocket[] {
    return [...this.#connections].flatMap(([line, { watch }]) => (watch ? [line] : []))
  }

  make(access: Access): void {
    this.#turn((now) => this.#core.make(access, now))
  }

  accept(line: SimulatedSocket, who: { session: string; by: string }): void {
    const connection = newConnection({ ...who, origin: 'http://hallway.test' })
    this.#add(line, connection)
    this.#around.keep(line, connection)
    this.#core.open(connection)
    this.activeAt = this.#around.now()
  }

  message(line: SimulatedSocket, frame: string): void {
    this.#heardAt.set(line, this.#around.now())
    const from = this.#connection(line)
    if (from === undefined) return
    this.#waiting += 1
    // Only a commit that failed is told by this promise, and here none fails after its turn.
    void this.#mailbox.add({ from, frame })
  }

  closed(line: SimulatedSocket): void {
    this.#mailbox.flush()
    const connection = this.#connection(line)
    if (connection === undefined) return
    this.#remove(line)
    this.#turn((now) => this.#core.closed(connection, now))
  }

  /** Nothing more is heard of this life. */
  end(): void {
    this.#isOver = true
    this.#timer?.cancel()
  }

  /** Where the end of a socket woke the room, that socket alone knows who was here until now. */
  #connection(line: SimulatedSocket): Connection | undefined {
    const known = this.#connections.get(line)
    if (known) return known
    const revived = this.#around.revive(line)
    if (revived === undefined) return undefined
    this.#add(line, revived)
    this.#core.open(revived)
    return revived
  }

  /** Answers whether it wrote any change. */
  #turn(work: (now: number) => TurnOutcome): boolean {
    if (this.#isOver) return false
    const around = this.#around
    let outcome: TurnOutcome
    try {
      outcome = work(around.now())
    } catch (fault) {
      this.end()
      around.abort(fault)
      return false
    }
    around.committed()
    this.#announce()
    for (const delivery of outcome.deliveries) this.#deliver(delivery)
    for (const connection of outcome.touched) {
      const line = this.#lines.get(connection)
      if (line) around.keep(line, connection)
    }
    this.activeAt = around.now()
    this.#setTimer()
    return outcome.changes.length > 0
  }

  #deliver({ to, frames, close }: Delivery): void {
    const line = this.#lines.get(to)
    if (line === undefined) return
    if (line.isOpen) {
      for (const frame of frames) {
        this.#around.sent(line, frame)
        line.send(frame)
      }
      if (close) line.close(close.code)
    }
    if (close) this.#remove(line)
  }

  #signsOfLife(connection: Connection): SignsOfLife | undefined {
    const line = this.#lines.get(connection)
    if (line === undefined) return undefined
    return { isOpen: line.isOpen, heartbeat: this.#around.heartbeat(line), frame: this.#heardAt.get(line) }
  }

  #setTimer(): void {
    const at = this.#core.nextDue()
    if (at !== undefined && at === this.#timer?.at) return
    this.#timer?.cancel()
    this.#timer = undefined
    if (at === undefined) return
    const cancel = this.#around.after(at - this.#around.now(), () => {
      this.#timer = undefined
      this.#turn((now) => this.#core.wake(now))
    })
    this.#timer = { at, cancel }
  }

  #announce(): void {
    const newest = this.#core.record?.seq ?? 0
    if (newest === this.#announced) return
    this.#announced = newest
    this.#around.announce(newest)
  }

  #add(line: SimulatedSocket, connection: Connection): void {
    this.#connections.set(line, connection)
    this.#lines.set(connection, line)
  }

  #remove(line: SimulatedSocket): void {
    const connection = this.#connections.get(line)
    if (connection) this.#lines.delete(connection)
    this.#connections.delete(line)
    this.#around.keep(line, undefined)
  }
}
