import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { loadUsage, newUsage, saveUsage } from '../../src/platform/billing/usage.ts'
import { DurableSql } from '../../src/platform/sql/durable-sql.ts'
import { SqlStore } from '../../src/platform/sql/sql-store.ts'
import { LIMITS } from '../../src/protocol/limits.ts'
import { RoomCore } from '../../src/room/core.ts'
import type { RoomAction } from '../../src/room/model/actions.ts'
import { NEW_ROOM_ROWS } from '../../src/room/model/budget.ts'
import type { Rate } from '../../src/room/model/token-bucket.ts'
import { type Connection, newConnection } from '../../src/room/state/connection.ts'
import { freshRoom } from './raw-client.ts'

/** More than a day: after it, a returning person's last visit is stored again. */
const LATER = 25 * 60 * 60 * 1000

/** A room over a real object's SQLite. Each step returns the rows it wrote and the frames it sent. */
class Ledger {
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

  get store(): SqlStore {
    return this.#store
  }

  get now(): number {
    return this.#now
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

  it('[RW21] one for a new private room and its invitation, and none if that is asked for again', async () => {
    await inRoom((ledger, ann) => {
      const news = expect.arrayContaining(['newRoom'])
      expect(ledger.invite(ann, 'ben')).toEqual({ rows: 1, told: news })
      expect(ledger.sleep()).toBe(0)
      expect(ledger.invite(ann, 'ben').rows).toBeLessThanOrEqual(1)
    })
  })

  it('[RW20] no more for a new room and its first person than its network pays for', async () => {
    const room = freshRoom()
    await runInDurableObject(env.ROOMS.getByName(room), (_instance, { storage }) => {
      const { rows } = new Ledger(room, storage).enter('ann')
      expect(rows).toBeLessThanOrEqual(NEW_ROOM_ROWS)
      expect(rows).toBeGreaterThan(NEW_ROOM_ROWS - 10)
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

/** Much of everything that a frame or a call may have the room read. */
function fill(ledger: Ledger): void {
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

const SPOKEN = 1_000
const ROUNDS = 400
/** 50 rows with each frame, and 50 with each unit of the allowance for reading. */
const RATE = { burst: 20, perSecond: 1 }
const PAID = 50 * (ROUNDS + RATE.burst) + 50 * (ROUNDS + LIMITS.readingBursts * RATE.burst)

interface Attempt {
  ledger: Ledger
  ann: Connection
  ben: Connection
  n: number
}

const ATTEMPTS: Record<string, (attempt: Attempt) => unknown> = {
  'a join that resumes': ({ ledger }) =>
    ledger.leave(ledger.enter('ben', { after: 0, epoch: ledger.epoch }).who),
  'a join with blocks and invitations': ({ ledger }) => ledger.leave(ledger.enter('ann').who),
  'a watching join': ({ ledger }) => ledger.leave(ledger.enter('ann', { watch: true }).who),
  'a page on a socket': ({ ledger, ben }) => ledger.send(ben, 'msgHistory', { limit: 200 }),
  'a page over HTTP': ({ ledger }) => ledger.ask('ben', 200),
  'a look for an earlier copy': ({ ledger, ben, n }) =>
    ledger.send(ben, 'deleteChat', { ref: 1, id: `x${n}`, since: 0, epoch: ledger.epoch }),
  'a look for an earlier copy of what cannot be there': ({ ledger, ben, n }) =>
    ledger.send(ben, 'deleteChat', { ref: 999_999_999, id: `x${n}`, since: 0, epoch: ledger.epoch }),
  'a look without a place': ({ ledger, ben, n }) => ledger.send(ben, 'deleteChat', { ref: 1, id: `x${n}` }),
  'a message': ({ ledger, ben, n }) => ledger.send(ben, 'updateChat', { body: `${n}`, replyTo: 1 }),
  'a rename': ({ ledger, ben, n }) => ledger.send(ben, 'userRename', { username: `Ben ${n % 9}` }),
  'an invitation': ({ ledger, ben, n }) => ledger.send(ben, 'newRoom', { username2: `P${n % 300}` }),
  'a list of people': ({ ledger }) => ledger.act('ann', { kind: 'listPeople' }),
  'a page of the audit log': ({ ledger }) =>
    ledger.act('ann', { kind: 'listNotes', before: 1e9, limit: LIMITS.auditPage }),
  'a list of links': ({ ledger }) => ledger.act('ann', { kind: 'listLinks' }),
  'a link too many': ({ ledger, n }) =>
    ledger.act('ann', { kind: 'makeLink', link: { role: 'member' }, hash: `new${n}` }),
  'a block': ({ ledger, n }) => ledger.act('ann', { kind: 'block', by: `p${n % 300}`, on: n % 2 === 0 }),
  'a mute': ({ ledger }) =>
    ledger.act('ann', { kind: 'moderate', what: { action: 'mute', by: 'ben', ms: 1 } }),
  'a ban': ({ ledger, n }) =>
    ledger.act('ann', { kind: 'moderate', what: { action: 'ban', by: `p${n % 300}` } }),
  'a setting': ({ ledger, n }) => ledger.act('ann', { kind: 'set', change: { locked: n % 2 === 0 } }),
  'a report': ({ ledger }) => ledger.act('ben', { kind: 'report', what: { ref: 1 } }),
  'being forgotten and back': ({ ledger }) => {
    ledger.act('ben', { kind: 'forget' })
    ledger.leave(ledger.enter('ben').who)
  },
}

describe('the rows a room reads, as billed', () => {
  it.each(Object.entries(ATTEMPTS))(
    '[RW10] are no more than are paid for, however often: %s',
    async (name, attempt) => {
      const room = freshRoom()
      await runInDurableObject(env.ROOMS.getByName(room), (_instance, { storage }) => {
        const ledger = new Ledger(room, storage, RATE)
        ledger.make('ann')
        const { who: ann } = ledger.enter('ann')
        const { who: ben } = ledger.enter('ben')
        fill(ledger)
        ledger.speak(SPOKEN)
        ledger.sleep()
        let read = 0
        for (let n = 0; n < ROUNDS; n += 1) read += ledger.cost(() => attempt({ ledger, ann, ben, n })).read
        // The reason to refuse this one is in memory.
        expect(read > 0).toBe(!name.includes('cannot be there'))
        expect(read).toBeLessThanOrEqual(PAID)
      })
    },
  )
})
