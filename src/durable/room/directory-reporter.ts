import { dayUseOf } from '../../platform/billing/day-use.ts'
import type { Usage } from '../../platform/billing/usage.ts'
import { adminTokenOf } from '../../platform/identity/admin-token.ts'
import type { DurableSql } from '../../platform/sql/durable-sql.ts'
import { roomTotals } from '../../platform/sql/room-totals.ts'
import { faultFields, log } from '../../platform/telemetry.ts'
import type { RoomRecord } from '../../room/model/room-record.ts'
import { type Directory, directoryOf } from '../Directory.ts'

/** Reports the room to the directory, where the operator keeps one. */
export class DirectoryReporter {
  readonly #ctx: DurableObjectState
  readonly #env: Env
  readonly #room: string
  /** One stub for all calls, so that they arrive in order. */
  #directory: DurableObjectStub<Directory> | undefined

  constructor(ctx: DurableObjectState, env: Env, room: string) {
    this.#ctx = ctx
    this.#env = env
    this.#room = room
  }

  /** Reports the room's size and activity. The census is saved with the usage. */
  tell(sql: DurableSql, record: RoomRecord, usage: Usage, now: number): void {
    if (adminTokenOf(this.#env) === undefined) return
    try {
      usage.census = roomTotals(sql, usage.census, now)
      const { messages, people = 0 } = usage.census
      const { storedBytes } = sql
      const used = dayUseOf(usage)
      const about = { room: this.#room, used, madeAt: usage.since, activeAt: now, access: record.access.kind }
      const told = this.#call((directory) => directory.report({ ...about, messages, storedBytes, people }))
      this.#ctx.waitUntil(told)
    } catch (fault) {
      log('error', 'room not listed', faultFields(fault))
    }
  }

  /** So many messages were reported in a room that nobody owns. */
  async reported(messages: number, now: number): Promise<void> {
    if (adminTokenOf(this.#env) === undefined) return
    await this.#call((directory) => directory.reported({ room: this.#room, messages, reportedAt: now }))
  }

  /** The room was erased. */
  async remove(): Promise<void> {
    if (adminTokenOf(this.#env) === undefined) return
    await this.#call((directory) => directory.remove(this.#room))
  }

  async #call(work: (directory: DurableObjectStub<Directory>) => Promise<void>): Promise<void> {
    this.#directory ??= directoryOf(this.#env)
    try {
      await work(this.#directory)
    } catch (fault) {
      // A stub whose object was reset stays broken. The next report sends everything again.
      this.#directory = undefined
      log('error', 'room not listed', faultFields(fault))
    }
  }
}
