import type { UsageMeter } from '../../platform/billing/usage-meter.ts'
import type { DurableSql } from '../../platform/sql/durable-sql.ts'
import { faultFields, log } from '../../platform/telemetry.ts'
import type { RoomCore } from '../../room/core.ts'
import type { TurnOutcome } from '../../room/state/state.ts'
import type { Commits } from './commits.ts'
import type { Leases } from './leases.ts'
import type { MaintenanceAlarm } from './maintenance-alarm.ts'
import type { RoomCalls } from './room-calls.ts'
import type { Sockets } from './sockets.ts'
import { Timer } from './timer.ts'

interface Deps {
  ctx: DurableObjectState
  core: RoomCore
  sockets: Sockets
  meter: UsageMeter
  maintenance: MaintenanceAlarm
  roomCalls: RoomCalls
  commits: Commits
  sql: Pick<DurableSql, 'rowsWritten'>
  leases: Leases
}

/** Runs the turns of a room: the core decides and writes, then the outcome is sent, stored and counted. */
export class Turns {
  readonly #deps: Deps
  readonly #timer = new Timer(() => this.play((core, now) => core.wake(now)))
  #isOver = false
  #hasPlanned = false

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** Whether the room these turns are of was erased. */
  get isOver(): boolean {
    return this.#isOver
  }

  end(): void {
    this.#isOver = true
    this.#timer.set(undefined, Date.now())
  }

  play<T>(work: (core: RoomCore, now: number) => TurnOutcome<T>): TurnOutcome<T> {
    const { ctx, core, sockets, meter, maintenance, roomCalls, leases, commits, sql } = this.#deps
    const before = sql.rowsWritten
    const outcome = this.#decide(work)
    if (sql.rowsWritten > before) commits.begin()
    sockets.announce(core.record?.seq ?? 0)
    for (const delivery of outcome.deliveries) sockets.deliver(delivery)
    for (const connection of outcome.touched) sockets.keep(connection)
    for (const call of outcome.roomCalls) ctx.waitUntil(roomCalls.make(call, this))
    for (const lease of outcome.leases) ctx.waitUntil(leases.make(lease, this))
    const due = core.nextDue()
    this.#timer.set(due, Date.now())
    meter.turn(outcome, due, Date.now())
    // A room that does not keep messages for ever has something to erase one day. An alarm that failed too often is gone.
    if (outcome.changes.length > 0 || !this.#hasPlanned) ctx.waitUntil(maintenance.plan(Date.now()))
    this.#hasPlanned = true
    return outcome
  }

  /**
   * If a turn fails, nothing of it is stored or sent, but memory may no longer match the storage. The object ends;
   * clients reconnect and resume.
   */
  #decide<T>(work: (core: RoomCore, now: number) => TurnOutcome<T>): TurnOutcome<T> {
    try {
      return work(this.#deps.core, Date.now())
    } catch (fault) {
      log('error', 'turn failed', faultFields(fault))
      this.#deps.commits.end()
      this.#deps.ctx.abort('A turn of this room failed')
      throw fault
    }
  }
}
