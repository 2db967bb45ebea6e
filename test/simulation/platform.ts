import type { LogEntry } from '../../src/protocol/server-frames.ts'
import type { Access } from '../../src/room/model/room-record.ts'
import type { Rate } from '../../src/room/model/token-bucket.ts'
import type { Connection } from '../../src/room/state/connection.ts'
import type { Copy, FaultySql } from './faulty-sql.ts'
import type { Ledger } from './reference-log.ts'
import { RoomShell, type Surroundings } from './room-shell.ts'
import type { SimulatedSocket, SocketServer } from './simulated-socket.ts'
import type { Witness } from './frame-checks.ts'
import type { World } from './world.ts'

/** How long a room is idle before it sleeps, if it has no timer. */
const IDLE_MS = 10_000

interface Kept {
  /** What the room put away with the socket: a copy, as it was then. */
  attachment: Connection | undefined
  heartbeat: number | undefined
}

/** A room as it was at some moment. */
export interface Backup {
  readonly copy: Copy
  readonly log: readonly LogEntry[]
  readonly floor: number
}

interface Parts {
  world: World
  storage: FaultySql
  ledger: Ledger
  witness: Witness
  room: string
  rate: Rate
  /** Whether it puts an idle room to sleep at all. */
  sleepy: boolean
}

/**
 * What runs the room: it keeps sockets and database, answers heartbeats, and ends and wakes the room's object as it
 * pleases. Everything but these two is lost then.
 */
export class Platform implements SocketServer, Surroundings {
  readonly room: string
  readonly rate: Rate
  readonly #parts: Parts
  readonly #kept = new Map<SimulatedSocket, Kept>()
  #shell: RoomShell | undefined
  #pong = ''
  /** How far the clock of the present machine is off, in ms. */
  #off = 0
  #ids = 0
  /** When it last changed who is here, and when the room last did something. */
  changedAt = 0
  turnAt = 0
  /** Until when nobody gets a socket. */
  #downUntil = 0

  constructor(parts: Parts) {
    this.#parts = parts
    this.room = parts.room
    this.rate = parts.rate
  }

  // What the network brings.

  accept(line: SimulatedSocket): boolean {
    if (this.#parts.world.clock.now < this.#downUntil) return false
    const shell = this.#wake()
    if (shell === undefined) return false
    this.#kept.set(line, { attachment: undefined, heartbeat: undefined })
    shell.accept(line, { by: line.by, session: `session-${line.by}` })
    return true
  }

  message(line: SimulatedSocket, text: string): void {
    if (text === 'ping') return this.#beat(line)
    this.#parts.witness.heard(line, text)
    this.#wake()?.message(line, text)
  }

  closed(line: SimulatedSocket): void {
    this.changedAt = this.#parts.world.clock.now
    this.#wake()?.closed(line)
    this.#kept.delete(line)
  }

  // What may be done to a room.

  make(access: Access): void {
    this.#wake()?.make(access)
    this.#parts.ledger.begin(this.#shell?.core.record?.epoch ?? '')
  }

  /** The object ends, its sockets stay: softly, or in the middle of whatever it does. */
  evict(): void {
    const shell = this.#shell
    if (shell === undefined) return
    this.#parts.world.counts.evictions += 1
    this.#tell(shell.isBusy ? 'evicted while busy' : 'evicted')
    if (shell.isBusy) for (const line of shell.owed) this.#parts.witness.mayMiss(line)
    this.#sleep()
  }

  /** Everything ends at once, and all sockets with it. */
  kill(code = 1006, downMs = 0): void {
    this.#parts.world.counts.restarts += 1
    this.#tell(`all sockets end with ${code}, and nobody gets one for ${downMs} ms`)
    this.#sleep()
    this.#parts.storage.checkCount(this.#parts.ledger.seq)
    this.changedAt = this.#parts.world.clock.now
    this.#off = this.#parts.world.random.between(-2_000, 2_000)
    this.#downUntil = this.#parts.world.clock.now + downMs
    for (const line of this.#kept.keys()) line.die(code)
    this.#kept.clear()
  }

  /** The next statements go well, and then one does not. */
  failIn(statements: number): void {
    this.#parts.storage.failIn(statements)
  }

  /** Takes away the older part of the history; the fraction names how much of it. */
  trim(fraction: number): void {
    const { ledger, storage } = this.#parts
    this.evict()
    ledger.floor = Math.max(ledger.floor, Math.floor(ledger.seq * fraction))
    this.#tell(`trimmed up to ${ledger.floor}`)
    storage.trim(ledger.floor)
  }

  erase(): void {
    this.kill()
    this.#parts.world.counts.epochs += 1
    this.#parts.storage.clear()
    this.#parts.ledger.begin('')
  }

  backUp(): Backup {
    const { storage, ledger } = this.#parts
    return { copy: storage.copy(), log: [...ledger.log], floor: ledger.floor }
  }

  restore({ copy, log, floor }: Backup): void {
    const { storage, ledger, world } = this.#parts
    this.kill()
    world.counts.epochs += 1
    const epoch = this.newId()
    this.#tell(`restored to ${log.length}`)
    storage.restore(copy, epoch)
    ledger.begin(storage.look().record()?.epoch ?? '', log, floor)
  }

  /** Everyone present with their socket, even if nobody is behind it any more. */
  get present(): { line: SimulatedSocket; username: string }[] {
    return [...this.#kept].flatMap(([line, { attachment }]) =>
      line.isOpen && attachment?.joined && !attachment.watch ? [{ line, username: attachment.username }] : [],
    )
  }

  /** Whether there are sockets that have closed and of which nobody has told the room. */
  get hasGhosts(): boolean {
    return [...this.#kept].some(([line, { attachment }]) => attachment !== undefined && !line.isOpen)
  }

  // What the room's object asks for.

  now(): number {
    return this.#parts.world.clock.now + this.#off
  }

  after(ms: number, run: () => void): () => void {
    return this.#parts.world.clock.after(ms, run)
  }

  arrived(): Promise<void> {
    return this.#later(this.#parts.world.random.between(0, 3))
  }

  /** A disk that is now and then slow. */
  written(): Promise<void> {
    const { random } = this.#parts.world
    return this.#later(random.between(0, random.chance(0.1) ? 500 : 20))
  }

  newId(): string {
    this.#ids += 1
    return `made-${this.#ids}`
  }

  openStore() {
    return this.#parts.storage.open()
  }

  *sockets(): Iterable<[SimulatedSocket, Connection]> {
    for (const [line, { attachment }] of this.#kept) {
      if (attachment && line.isOpen) yield [line, copied(attachment)]
    }
  }

  revive(line: SimulatedSocket): Connection | undefined {
    const attachment = this.#kept.get(line)?.attachment
    return attachment && copied(attachment)
  }

  keep(line: SimulatedSocket, connection: Connection | undefined): void {
    this.changedAt = this.#parts.world.clock.now
    const kept = this.#kept.get(line)
    if (kept) kept.attachment = connection && copied(connection)
  }

  heartbeat(line: SimulatedSocket): number | undefined {
    return this.#kept.get(line)?.heartbeat
  }

  announce(seq: number): void {
    this.#pong = `pong ${seq}`
  }

  committed(): void {
    this.turnAt = this.#parts.world.clock.now
    const { ledger, storage, witness } = this.#parts
    if (ledger.epoch === '') ledger.begin(this.#shell?.core.record?.epoch ?? '')
    const entries = storage.takeCommitted()
    ledger.commit(entries)
    witness.committed(entries)
  }

  sent(line: SimulatedSocket, frame: string): void {
    this.#parts.witness.sent(line, frame)
  }

  abort(fault: unknown): void {
    this.#parts.world.counts.aborts += 1
    this.#tell(`aborted: ${fault}`)
    this.kill()
  }

  #later(ms: number): Promise<void> {
    const { clock } = this.#parts.world
    return new Promise((resolve) =>
      clock.after(ms, () => {
        clock.stirred = true
        resolve()
      }),
    )
  }

  #beat(line: SimulatedSocket): void {
    const kept = this.#kept.get(line)
    if (kept === undefined) return
    kept.heartbeat = this.now()
    line.answer(this.#pong)
  }

  /** The room's object, if it can be had: what it was woken for is lost otherwise. */
  #wake(): RoomShell | undefined {
    const { sleepy, world } = this.#parts
    const shell = this.#shell
    if (shell && sleepy && !shell.isBusy && this.now() - shell.activeAt >= IDLE_MS) {
      world.counts.sleeps += 1
      this.#sleep()
    }
    try {
      this.#shell ??= new RoomShell(this)
    } catch (fault) {
      this.#tell(`does not wake: ${fault}`)
    }
    return this.#shell
  }

  #sleep(): void {
    this.#shell?.end()
    this.#shell = undefined
  }

  #tell(line: string): void {
    this.#parts.world.tell?.(`room ${line}`)
  }
}

/** What is put away is written down: later changes to the connection do not reach it. */
function copied(connection: Connection): Connection {
  return JSON.parse(JSON.stringify(connection))
}
