import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { loadUsage, newUsage, saveUsage } from '../../src/platform/billing/usage.ts'
import { DurableSql } from '../../src/platform/sql/durable-sql.ts'
import { SqlStore } from '../../src/platform/sql/sql-store.ts'
import { RoomCore } from '../../src/room/core.ts'
import { type Connection, newConnection } from '../../src/room/state/connection.ts'
import { freshRoom } from './raw-client.ts'

/** More than a day: after it, a returning person's last visit is stored again. */
const LATER = 25 * 60 * 60 * 1000

/** A room over a real object's SQLite. Each step returns the rows it wrote and the frames it sent. */
class Ledger {
  readonly #room: string
  readonly #sql: DurableSql
  readonly #store: SqlStore
  #core: RoomCore
  #now = 1_000_000

  constructor(room: string, storage: DurableObjectStorage) {
    this.#room = room
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
        rate: { burst: 1_000, perSecond: 1_000 },
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

/** Runs `work` in a new object, where Ann and Ben have joined and Ann has sent one message. */
async function inRoom(work: (ledger: Ledger, ann: Connection, ben: Connection) => void): Promise<void> {
  const room = freshRoom()
  await runInDurableObject(env.ROOMS.getByName(room), (_instance, { storage }) => {
    const ledger = new Ledger(room, storage)
    const { who: ann } = ledger.enter('ann')
    const { who: ben } = ledger.enter('ben')
    ledger.send(ann, 'updateChat', { body: 'tea', id: 'first' })
    work(ledger, ann, ben)
  })
}

const change = (event: string) => ({ rows: 2, told: expect.arrayContaining([event, 'ack']) })

describe('the rows a room writes, as billed', () => {
  it('[RW1] one for a message, with or without an id, a retry search or a reply', async () => {
    await inRoom((ledger, ann, ben) => {
      for (const more of [{}, { id: 'a' }, { id: 'b', since: 1 }, { replyTo: 1 }]) {
        expect(ledger.send(ann, 'updateChat', { body: 'x', ...more })).toEqual({
          rows: 1,
          told: expect.arrayContaining(['updateChat', 'ack']),
        })
      }
      expect(ledger.sleep()).toBe(0)
      expect(ledger.send(ben, 'updateChat', { body: 'x' }).rows).toBe(1)
    })
  })

  it('[RW2] none for a retry, a conflict or any other refusal', async () => {
    await inRoom((ledger, ann, ben) => {
      expect(ledger.send(ann, 'updateChat', { body: 'tea', id: 'first' })).toEqual({ rows: 0, told: ['ack'] })
      expect(ledger.sleep()).toBe(0)
      expect(ledger.send(ann, 'updateChat', { body: 'tea', id: 'first' })).toEqual({
        rows: 0,
        told: expect.arrayContaining(['ack']),
      })
      const refused: [string, object][] = [
        ['updateChat', { body: 'coffee', id: 'first' }],
        ['updateChat', { body: ' ' }],
        ['editChat', { ref: 1, body: 'mine now' }],
        ['deleteChat', { ref: 1 }],
        ['react', { ref: 9, emoji: '👍', on: true }],
        ['userRename', { username: 'ANN' }],
        ['newRoom', { username2: 'nobody' }],
      ]
      for (const [event, data] of refused) {
        const from = event === 'updateChat' ? ann : ben
        expect([event, ledger.send(from, event, data)]).toEqual([
          event,
          { rows: 0, told: expect.arrayContaining(['error']) },
        ])
      }
    })
  })

  it('[RW3] two for an edit, a reaction and a deletion, and one more for each edit whose text is erased', async () => {
    await inRoom((ledger, ann, ben) => {
      let ref = 2
      for (let edits = 0; edits < 4; edits++) {
        expect(ledger.send(ann, 'updateChat', { body: 'tea' }).rows).toBe(1)
        for (let n = 0; n < edits; n++) {
          expect(ledger.send(ann, 'editChat', { ref, body: `tea ${n}` })).toEqual(change('editChat'))
        }
        expect(ledger.send(ben, 'react', { ref, emoji: '👍', on: true })).toEqual(change('react'))
        expect(ledger.send(ann, 'deleteChat', { ref })).toEqual({ ...change('deleteChat'), rows: 2 + edits })
        ref += 3 + edits
      }
    })
  })

  it('[RW4] two for a topic: the change and the room', async () => {
    await inRoom((ledger, ann) => {
      expect(ledger.send(ann, 'setTopic', { topic: 'Boats' })).toEqual(change('setTopic'))
    })
  })

  it('[RW5] two for a new person, and none for a known one who joins, types, reads and leaves', async () => {
    await inRoom((ledger, ann) => {
      const { who, rows, told } = ledger.enter('cleo')
      expect([rows, told]).toEqual([2, expect.arrayContaining(['joined', 'msgHistory'])])
      const typing = [ledger.send(who, 'userTyping', { username: 'cleo' }), ledger.wait(1_000)]
      expect(typing.map(({ rows }) => rows)).toEqual([0, 0])
      expect(typing.flatMap(({ told }) => told)).toContain('userTyping')
      expect(ledger.send(who, 'msgHistory', {})).toEqual({ rows: 0, told: ['msgHistory'] })
      expect(ledger.read(200)).toBe(0)
      expect(ledger.leave(who).rows).toBe(0)
      const gone = [ledger.wait(10_000), ledger.wait(1_000)]
      expect(gone.map(({ rows }) => rows)).toEqual([0, 0])
      expect(gone.flatMap(({ told }) => told)).toContain('userLeave')
      const again = ledger.enter('cleo')
      expect([again.rows, again.told]).toEqual([0, expect.arrayContaining(['joined', 'msgHistory'])])
      expect(ledger.enter('cleo', { watch: true }).rows).toBe(0)
      expect(ledger.sleep()).toBe(0)
      expect(ledger.enter('cleo', { after: 0, epoch: 'made' }).rows).toBe(0)
      expect(ledger.send(ann, 'sync', { seq: 1 }).rows).toBe(0)
    })
  })

  it('[RW6] one a day for the time a person was last seen, and two for a new name', async () => {
    await inRoom((ledger, ann) => {
      ledger.leave(ann)
      ledger.wait(LATER)
      const { who, rows } = ledger.enter('ann')
      expect([rows, ledger.enter('ann').rows]).toEqual([1, 0])
      const renamed = (username: string) => ledger.send(who, 'userRename', { username })
      expect([renamed('ANN').rows, renamed('Anna').rows, renamed('Anna').rows]).toEqual([1, 2, 0])
    })
  })

  it('[RW8] one for saving an hour’s counts, the first time and later', async () => {
    await inRoom((ledger) => {
      expect([ledger.save(), ledger.save(), ledger.sleep()]).toEqual([1, 1, 0])
    })
  })

  it('[RW9] one for a visit with anything read, however many markers were sent, and none for the next', async () => {
    await inRoom((ledger, ann, ben) => {
      for (const body of ['one', 'two']) ledger.send(ann, 'updateChat', { body })
      const told = [1, 2, 3].map((seq) => ledger.send(ben, 'markRead', { seq }).rows)
      expect([told, ledger.leave(ben).rows]).toEqual([[0, 0, 0], 1])
      const { who } = ledger.enter('ben')
      expect([ledger.send(who, 'markRead', { seq: 3 }).rows, ledger.leave(who).rows]).toEqual([0, 0])
    })
  })

  it('[RW7] none for a room that has not begun', async () => {
    const room = freshRoom()
    await runInDurableObject(env.ROOMS.getByName(room), (_instance, { storage }) => {
      const ledger = new Ledger(room, storage)
      expect(ledger.read(50)).toBe(0)
      expect(ledger.enter('ann', { username: ' ' })).toMatchObject({ rows: 0, told: ['error'] })
      expect(ledger.enter('ann', { watch: true })).toMatchObject({ rows: 0, told: ['error'] })
      expect(ledger.wait(10_000)).toEqual({ rows: 0, told: [] })
    })
  })
})
