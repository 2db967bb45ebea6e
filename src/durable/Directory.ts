import { DurableObject } from 'cloudflare:workers'
import { sharesOfDay } from '../platform/billing/day-use.ts'
import { objectOf } from '../platform/places.ts'
import { DurableSql } from '../platform/sql/durable-sql.ts'
import {
  type Ban,
  type DayReport,
  type NetworkBan,
  type PersonBan,
  type ReportsEntry,
  type RoomEntry,
  type RoomsPage,
  type RoomsQuery,
  SqlDirectory,
} from '../platform/sql/sql-directory.ts'
import { log } from '../platform/telemetry.ts'

/** The index of all rooms, where the operator keeps one, and the networks and people banned from all of them. */
export class Directory extends DurableObject<Env> {
  readonly #directory: SqlDirectory

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    this.#directory = new SqlDirectory(new DurableSql(ctx.storage))
  }

  report(entry: RoomEntry): void {
    const used = this.#directory.report(entry)
    if (used) log('error', 'day nearly used up', { ...sharesOfDay(used) })
  }

  day(day: number): DayReport {
    return this.#directory.day(day)
  }

  remove(room: string): void {
    this.#directory.remove(room)
  }

  rooms(query: RoomsQuery): RoomsPage {
    return this.#directory.rooms(query)
  }

  ban(ban: NetworkBan): boolean {
    return this.#directory.ban(ban)
  }

  unban(network: string): void {
    this.#directory.unban(network)
  }

  reported(what: ReportsEntry): void {
    this.#directory.reported(what)
  }

  reports(): ReportsEntry[] {
    return this.#directory.reports()
  }

  banPerson(ban: PersonBan): boolean {
    return this.#directory.banPerson(ban)
  }

  unbanPerson(room: string, by: string): void {
    this.#directory.unbanPerson(room, by)
  }

  bans(): Ban[] {
    return this.#directory.bans(Date.now())
  }
}

export function directoryOf(env: Env): DurableObjectStub<Directory> {
  return objectOf(env.DIRECTORY, 'all', env)
}
