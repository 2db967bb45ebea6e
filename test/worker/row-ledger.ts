import { expect } from 'vitest'
import { loadUsage, newUsage, saveUsage } from '../../src/platform/billing/usage.ts'
import { DurableSql } from '../../src/platform/sql/durable-sql.ts'
import { SqlStore } from '../../src/platform/sql/sql-store.ts'
import { LIMITS } from '../../src/protocol/limits.ts'
import { RoomCore } from '../../src/room/core.ts'
import type { RoomAction } from '../../src/room/model/actions.ts'
import type { Rate } from '../../src/room/model/token-bucket.ts'
import { type Connection, newConnection } from '../../src/room/state/connection.ts'

/** A room over a real object's SQLite. Each step returns the rows it wrote and the frames it sent. */
export class Ledger {
  readonly #room: string
  readonly #sql: DurableSql
  readonly #store: SqlStore
  readonly #rate: Rate
  #core: RoomCore
  #now = 1_000_000

  constructor(room: string, storage: DurableObjectStorage, rate: Rate = { burst: 1_000, perSecond: 1_000 }) {
    this.#room = room
    this.#rate = rate
    this.#sql = new DurableSql(storage)
    this.#store = new SqlStore(this.#sql, room)
    this.#core = this.#wake()
  }

  enter(by: string, more: object = {}, session = `s-${by}`) {
    const who = newConnection({ session, by, origin: 'http://hallway.test' })
    this.#core.open(who)
    return { who, ...this.send(who, 'userJoin', { username: by, room: this.#room, ...more }) }
  }

  send(from: Connection, event: string, data: object) {
    return this.#count(() =>
      this.#core.receive(
        [{ from, frame: JSON.stringify({ event, data: { room: this.#room, ...data } }) }],
        this.#now,
      ),
    )
  }

  get core(): RoomCore {
    return this.#core
  }

  get store(): SqlStore {
    return this.#store
  }

  get now(): number {
    return this.#now
  }

  get room(): string {
    return this.#room
  }

  get epoch(): string | undefined {
    return this.#core.record?.epoch
  }

  /** How many rows this reads, and writes. */
  cost(work: () => unknown): { read: number; written: number } {
    const { rowsRead, rowsWritten } = this.#sql
    work()
    return { read: this.#sql.rowsRead - rowsRead, written: this.#sql.rowsWritten - rowsWritten }
  }

  act(by: string, action: RoomAction) {
    return this.#count(() => this.#core.act({ session: `s-${by}`, by }, action, this.#now))
  }

  /** A page over HTTP, where it is let through. */
  ask(by: string, limit: number) {
    return this.#count(() => {
      if (!this.#core.refusesPage({ session: `s-${by}`, by }, { limit }, this.#now))
        this.#core.page({ limit })
      return this.#core.wake(this.#now)
    })
  }

  make(owner: string): void {
    this.#core.make({ kind: 'open', owner: `s-${owner}` }, this.#now)
  }

  /** Messages that nobody is told of. */
  speak(messages: number): void {
    const before = this.#store.record()?.seq ?? 0
    this.#store.transaction(() => {
      for (let seq = before + 1; seq <= before + messages; seq += 1) {
        const data = {
          seq,
          id: `s${seq}`,
          by: 'ann',
          username: 'ann',
          time: this.#now,
          room: this.#room,
          body: 'x',
        }
        this.#store.append({ event: 'updateChat', data })
      }
    })
  }

  /** Someone asks for a private room, which is made. */
  invite(from: Connection, username2: string) {
    return this.#count(() => {
      const frame = JSON.stringify({ event: 'newRoom', data: { room: this.#room, username2 } })
      const [call] = this.#core.receive([{ from, frame }], this.#now).roomCalls
      if (call?.kind !== 'openPair') expect.unreachable(`asked for ${call?.kind}`)
      return this.#core.pairOpened(call, false, this.#now)
    })
  }

  leave(who: Connection) {
    return this.#count(() => this.#core.closed(who, this.#now))
  }

  wait(ms: number) {
    this.#now += ms
    return this.#count(() => this.#core.wake(this.#now))
  }

  /** The room sleeps, and wakes with its connections. */
  sleep(): number {
    const before = this.#sql.rowsWritten
    this.#core = this.#wake(this.#core.connections)
    return this.#sql.rowsWritten - before
  }

  /** Saves the counts of an hour. */
  save(): number {
    const before = this.#sql.rowsWritten
    saveUsage(this.#sql, loadUsage(this.#sql) ?? newUsage(this.#now, 0), this.#now)
    return this.#sql.rowsWritten - before
  }

  read(limit: number): number {
    const before = this.#sql.rowsWritten
    this.#core.page({ limit })
    return this.#sql.rowsWritten - before
  }

  #wake(connections: Iterable<Connection> = []): RoomCore {
    let ids = 0
    return new RoomCore(
      {
        room: this.#room,
        store: this.#store,
        rate: this.#rate,
        newId: () => `made-${this.#now}-${++ids}`,
        newRoomId: () => 'a'.repeat(26),
        signsOfLife: () => undefined,
      },
      connections,
    )
  }

  #count(work: () => ReturnType<RoomCore['wake']>) {
    this.#now += 1_000
    const before = this.#sql.rowsWritten
    const { deliveries } = work()
    const told = deliveries.flatMap(({ frames }) =>
      frames.flatMap((frame) => [JSON.parse(frame)].flat().map(({ event }: { event: string }) => event)),
    )
    return { rows: this.#sql.rowsWritten - before, told }
  }
}

/** Much of everything that a frame or a call may have the room read. */
export function fill(ledger: Ledger): void {
  const { store, now } = ledger
  const { moderation } = store
  store.transaction(() => {
    for (let n = 0; n < 2_000; n += 1)
      store.savePerson({
        by: `p${n}`,
        session: `s-p${n}`,
        username: `P${n}`,
        role: 'member',
        seen: now,
      })
    for (let n = 0; n < LIMITS.blocks; n += 1) moderation.block('ann', `p${n}`)
    for (let n = 0; n < LIMITS.invitationsWaiting; n += 1)
      store.invite('ann', { room: `room${n}`, inviter: 'Ben' })
    for (let n = 0; n < LIMITS.links; n += 1)
      moderation.saveLink({ hash: `h${n}`, role: 'member', madeBy: 'ann', madeAt: now })
    for (let n = 0; n < LIMITS.auditNotes; n += 1)
      moderation.note({ time: now, by: 'ben', username: 'ben', action: 'kick' })
  })
}
