import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../src/protocol/limits.ts'
import { NEW_ROOM_ROWS } from '../../src/room/model/budget.ts'
import type { Connection } from '../../src/room/state/connection.ts'
import { freshRoom } from './raw-client.ts'
import { fill, Ledger } from './row-ledger.ts'

/** More than a day: after it, a returning person's last visit is stored again. */
const LATER = 25 * 60 * 60 * 1000

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
