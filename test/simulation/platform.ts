import type { LogEntry } from '../../src/protocol/server-frames.ts'
import type { Access } from '../../src/room/model/room-record.ts'
import type { Rate } from '../../src/room/model/token-bucket.ts'
import type { Connection } from '../../src/room/state/connection.ts'
import type { Copy, FaultySql } from './faulty-sql.ts'
import type { FrameChecks } from './frame-checks.ts'
import type { ReferenceLog } from './reference-log.ts'
import { type RoomHost, RoomShell } from './room-shell.ts'
import type { SimulatedSocket, SocketServer } from './simulated-socket.ts'
import type { World } from './world.ts'

/** How long a room without timers is idle before it sleeps. */
const IDLE_MS = 10_000

interface AcceptedSocket {
  /** A copy of what the room stored with the socket. */
  attachment: Connection | undefined
  heartbeat: number | undefined
}

/** A copy of a room, to restore it later. */
export interface Backup {
  readonly copy: Copy
  readonly log: readonly LogEntry[]
  readonly floor: number
}

interface Parts {
  world: World
  storage: FaultySql
  reference: ReferenceLog
  frameChecks: FrameChecks
  room: string
  rate: Rate
  /** Whether an idle room sleeps. */
  sleepy: boolean
}

/**
 * The simulated platform. It holds the sockets and the database, answers heartbeats, and ends and wakes the room's object
 * at any time. Only the sockets and the database outlive the object.
 */
export class Platform implements SocketServer, RoomHost {
  readonly room: string
  readonly rate: Rate
  readonly #parts: Parts
  readonly #accepted = new Map<SimulatedSocket, AcceptedSocket>()
  #shell: RoomShell | undefined
  #pong = ''
  /** How far the clock of the current machine is off, in ms. */
  #clockOffset = 0
  #ids = 0
  /** When the set of present people last changed, and when the room last took a turn. */
  changedAt = 0
  turnAt = 0
  /** Until when new sockets are refused. */
  #downUntil = 0

  constructor(parts: Parts) {
    this.#parts = parts
    this.room = parts.room
    this.rate = parts.rate
  }

  // Called by the sockets.

  accept(line: SimulatedSocket): boolean {
    if (this.#parts.world.clock.now < this.#downUntil) return false
    const shell = this.#wake()
    if (shell === undefined) return false
    this.#accepted.set(line, { attachment: undefined, heartbeat: undefined })
    shell.accept(line, { by: line.by, session: `session-${line.by}` })
    return true
  }

  message(line: SimulatedSocket, text: string): void {
    if (text === 'ping') return this.#beat(line)
    this.#parts.frameChecks.received(line, text)
    this.#wake()?.message(line, text)
  }

  closed(line: SimulatedSocket): void {
    this.changedAt = this.#parts.world.clock.now
    this.#wake()?.closed(line)
    this.#accepted.delete(line)
  }

  // Called by the actions.

  make(access: Access): void {
    this.#wake()?.make(access)
    this.#parts.reference.begin(this.#shell?.core.record?.epoch ?? '')
  }

  /** Ends the object, even in the middle of its work. Its sockets stay. */
  evict(): void {
    const shell = this.#shell
    if (shell === undefined) return
    this.#parts.world.counts.evictions += 1
    this.#trace(shell.isBusy ? 'evicted while busy' : 'evicted')
    if (shell.isBusy) for (const line of shell.watchers) this.#parts.frameChecks.mayMiss(line)
    this.#sleep()
  }

  /** Ends the object and all sockets. */
  kill(code = 1006, downMs = 0): void {
    this.#parts.world.counts.restarts += 1
    this.#trace(`all sockets end with ${code}, and none opens for ${downMs} ms`)
    this.#sleep()
    this.#parts.storage.checkCount(this.#parts.reference.seq)
    this.changedAt = this.#parts.world.clock.now
    this.#clockOffset = this.#parts.world.random.between(-2_000, 2_000)
    this.#downUntil = this.#parts.world.clock.now + downMs
    for (const line of this.#accepted.keys()) line.die(code)
    this.#accepted.clear()
  }

  /** Sets the clock of the machine back, from a second to half a day. The room goes on. */
  setBack(ms: number): void {
    this.#parts.world.counts.setBacks += 1
    this.#trace(`its clock is set back by ${Math.round(ms / 1_000)} s`)
    this.#clockOffset -= Math.ceil(ms)
  }

  /** Makes the given statement from now on fail. */
  failIn(statements: number): void {
    this.#parts.storage.failIn(statements)
  }

  /** The storage refuses to write for this long. */
  refuseWrites(ms: number): void {
    const { storage, world } = this.#parts
    world.counts.refusals += 1
    this.#trace(`refuses to write for ${Math.round(ms)} ms`)
    storage.isRefusing = true
    storage.refused = () => {
      for (const line of this.#shell?.watchers ?? []) this.#parts.frameChecks.mayMiss(line)
    }
    world.clock.after(ms, () => {
      storage.isRefusing = false
    })
  }

  /** The owner sets slow mode, if the room has one. */
  setSlow(slowMs: number): void {
    this.#trace(`slow mode of ${slowMs} ms`)
    this.#wake()?.set({ session: 'session-p1', by: 'p1' }, { slowMs })
  }

  /** Removes this fraction of the history, from its oldest end. */
  trim(fraction: number): void {
    const { reference, storage } = this.#parts
    this.evict()
    reference.floor = Math.max(reference.floor, Math.floor(reference.seq * fraction))
    this.#trace(`trimmed up to ${reference.floor}`)
    storage.trim(reference.floor)
  }

  erase(): void {
    this.kill()
    this.#parts.world.counts.epochs += 1
    this.#parts.storage.clear()
    this.#parts.reference.begin('')
  }

  backUp(): Backup {
    const { storage, reference } = this.#parts
    return { copy: storage.copy(), log: [...reference.log], floor: reference.floor }
  }

  restore({ copy, log, floor }: Backup): void {
    const { storage, reference, world } = this.#parts
    this.kill()
    world.counts.epochs += 1
    const epoch = this.newId()
    this.#trace(`restored to ${log.length}`)
    storage.restore(copy, epoch)
    reference.begin(storage.look().record()?.epoch ?? '', log, floor)
  }

  /** The present people with their sockets, dead sockets included. */
  get present(): { line: SimulatedSocket; username: string }[] {
    return [...this.#accepted].flatMap(([line, { attachment }]) =>
      line.isOpen && attachment?.joined && !attachment.watch ? [{ line, username: attachment.username }] : [],
    )
  }

  /** Whether a socket has closed without the room's knowledge. */
  get hasStaleSockets(): boolean {
    return [...this.#accepted].some(([line, { attachment }]) => attachment !== undefined && !line.isOpen)
  }

  // Called by the room's object.

  now(): number {
    return this.#parts.world.clock.now + this.#clockOffset
  }

  uptime(): number {
    return this.#parts.world.clock.now
  }

  after(ms: number, run: () => void): () => void {
    return this.#parts.world.clock.after(ms, run)
  }

  arrived(): Promise<void> {
    return this.#later(this.#parts.world.random.between(0, 3))
  }

  /** The disk is slow at times. */
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
    for (const [line, { attachment }] of this.#accepted) {
      if (attachment && line.isOpen) yield [line, copied(attachment)]
    }
  }

  revive(line: SimulatedSocket): Connection | undefined {
    const attachment = this.#accepted.get(line)?.attachment
    return attachment && copied(attachment)
  }

  saveAttachment(line: SimulatedSocket, connection: Connection | undefined): void {
    this.changedAt = this.#parts.world.clock.now
    const accepted = this.#accepted.get(line)
    if (accepted) accepted.attachment = connection && copied(connection)
  }

  heartbeat(line: SimulatedSocket): number | undefined {
    return this.#accepted.get(line)?.heartbeat
  }

  announce(seq: number): void {
    this.#pong = `pong ${seq}`
  }

  committed(): void {
    this.turnAt = this.#parts.world.clock.now
    const { reference, storage, frameChecks } = this.#parts
    if (reference.epoch === '') reference.begin(this.#shell?.core.record?.epoch ?? '')
    const entries = storage.takeCommitted()
    reference.commit(entries)
    frameChecks.committed(entries)
  }

  sent(line: SimulatedSocket, frame: string): void {
    this.#parts.frameChecks.sent(line, frame)
  }

  abort(fault: unknown): void {
    this.#parts.world.counts.aborts += 1
    this.#trace(`aborted: ${fault}`)
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
    const accepted = this.#accepted.get(line)
    if (accepted === undefined) return
    accepted.heartbeat = this.now()
    line.answer(this.#pong)
  }

  /** The room's object, or undefined if it fails to start: then the event that woke it is lost. */
  #wake(): RoomShell | undefined {
    const { sleepy, world } = this.#parts
    const shell = this.#shell
    if (shell && sleepy && !shell.isBusy && this.uptime() - shell.activeAt >= IDLE_MS) {
      world.counts.sleeps += 1
      this.#sleep()
    }
    try {
      this.#shell ??= new RoomShell(this)
    } catch (fault) {
      this.#trace(`does not start: ${fault}`)
    }
    return this.#shell
  }

  #sleep(): void {
    this.#shell?.end()
    this.#shell = undefined
  }

  #trace(line: string): void {
    this.#parts.world.trace?.(`room ${line}`)
  }
}

/** A copy that later changes to the connection do not reach. */
function copied(connection: Connection): Connection {
  return JSON.parse(JSON.stringify(connection))
}
