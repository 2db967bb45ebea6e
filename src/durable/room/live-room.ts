import { UsageMeter } from '../../platform/billing/usage-meter.ts'
import { joinsBeginRooms, rateOf, sizesOf, throttlesOf } from '../../platform/config.ts'
import { newId, newRoomId } from '../../platform/identity/ids.ts'
import { DurableSql } from '../../platform/sql/durable-sql.ts'
import type { ExportSource } from '../../platform/sql/export.ts'
import { SqlStore } from '../../platform/sql/sql-store.ts'
import { faultFields, log } from '../../platform/telemetry.ts'
import { RoomCore } from '../../room/core.ts'
import { WriteGate } from '../../room/state/write-gate.ts'
import { probeOf } from '../Quota.ts'
import type { Commits } from './commits.ts'
import type { DirectoryReporter } from './directory-reporter.ts'
import { Leases } from './leases.ts'
import { MaintenanceAlarm } from './maintenance-alarm.ts'
import type { RoomCalls } from './room-calls.ts'
import { Sockets } from './sockets.ts'
import { Turns } from './turns.ts'

/** A room in memory. All of it comes from the storage and the sockets. */
export interface LiveRoom {
  readonly core: RoomCore
  readonly sockets: Sockets
  readonly turns: Turns
  readonly meter: UsageMeter
  readonly maintenance: MaintenanceAlarm
  readonly exportSource: ExportSource
}

interface Deps {
  ctx: DurableObjectState
  env: Env
  room: string
  directory: DirectoryReporter
  roomCalls: RoomCalls
  commits: Commits
}

/** Made when the object wakes, and again after the room was erased. */
export function hydrateRoom({ ctx, env, room, directory, roomCalls, commits }: Deps): LiveRoom {
  const sql = new DurableSql(ctx.storage)
  const sockets = new Sockets(ctx)
  const store = new SqlStore(sql, room, sql.pending)
  const writes = new WriteGate({
    report: ({ retryAfter, until }) => log('error', 'writes refused', { retryAfter, until }),
    probe: () => probeOf(env).probe(),
  })
  if (commits.ends > 0) writes.closeAfterEnds(commits.ends, Date.now())
  const core = new RoomCore(
    {
      room,
      store,
      rate: rateOf(env),
      throttles: throttlesOf(env),
      sizes: sizesOf(env),
      joinsBegin: joinsBeginRooms(env),
      writes,
      outlived: () => sockets.outlived(),
      counted: sql,
      newId,
      newRoomId,
      signsOfLife: (connection) => sockets.signsOfLife(connection),
      report: (fault) => log('error', 'frame failed', faultFields(fault)),
    },
    sockets.connections(),
    sockets.unread(),
  )
  const meter = new UsageMeter(
    { sql, sockets, record: () => (store.hasTables ? core.record : undefined), directory, env },
    Date.now(),
  )
  const leases = new Leases(env)
  const maintenance = new MaintenanceAlarm(ctx.storage, {
    due: (now) => (turns.isOver ? undefined : core.maintenanceDue(now)),
    wasSet: () => meter.alarmSet(),
    async eraseBatch(now) {
      const waits: number[] = []
      for (const batch of core.dueBatches(now)) {
        const wait = await leases.pay(batch)
        if (turns.isOver) return 0
        if (wait > 0) waits.push(wait)
        else turns.play((_, at) => core.maintain(batch, at))
        if (wait === 0) return 0
      }
      return waits.length === 0 ? 0 : Math.min(...waits)
    },
  })
  const turns = new Turns({ ctx, core, sockets, meter, maintenance, roomCalls, leases, commits, sql })
  sockets.announce(core.record?.seq ?? 0)
  return { core, sockets, turns, meter, maintenance, exportSource: { sql, store, room } }
}
