import { describe, expect, it } from 'vitest'
import type { LogEntry } from '../../src/protocol/server-frames.ts'
import type { RoomRecord } from '../../src/room/model/room-record.ts'
import type { Store, StoredMessage } from '../../src/room/model/store.ts'
import { fingerprint } from '../../src/room/model/text.ts'
import { entry, type InStorage, RECORD } from './storage.ts'

/** Characters of one to four bytes, quotes, and characters that end a string in JSON, SQL or C. */
const AWKWARD = 'é 漢 🫖 "quoted" \'so\' \\ %s ?1 -- \n\t end'

const ONE_OF_EACH: LogEntry[] = [
  entry('updateChat', 1, { body: AWKWARD }),
  entry('updateChat', 2, { body: 'answer', replyTo: 1 }, 'ben'),
  entry('editChat', 3, { ref: 1, body: `${AWKWARD}!` }),
  entry('react', 4, { ref: 2, emoji: '👍🏽', on: true }),
  entry('react', 5, { ref: 2, emoji: '👍🏽', on: false }),
  entry('setTopic', 6, { topic: AWKWARD }),
  entry('setTopic', 7, { topic: '' }),
  entry('deleteChat', 8, { ref: 2 }, 'ben'),
  entry('updateChat', 9, { body: 'last' }),
]
const LAST = ONE_OF_EACH.length

/** The record, the log, and lookups in it. `inRoom` gives the storage of a room with `RECORD`. */
export function logContract(inRoom: InStorage): void {
  const append = (store: Store, entries: readonly LogEntry[]) => {
    for (const one of entries) store.append(one)
  }

  describe('record', () => {
    const record: RoomRecord[] = [
      { ...RECORD, topic: AWKWARD, epoch: 'other', seq: 7, time: 9_007_199_254_740_991, floor: 3 },
      { ...RECORD, access: { kind: 'open', owner: 'session of ann' } },
      {
        ...RECORD,
        access: {
          kind: 'private',
          home: 'main',
          members: [
            { session: 'a', username: 'Ann' },
            { session: 'b', username: AWKWARD },
          ],
          waiting: ['b'],
        },
      },
    ]
    it.each(record)('[ST7] is read as it was saved: %j', (saved) =>
      inRoom((storage) => {
        storage.open().saveRecord(saved)
        expect(storage.open().record()).toEqual(saved)
      }),
    )

    it('[ST8] has the newest seq and time of the log, saved or not', () =>
      inRoom((storage) => {
        const store = storage.open()
        for (const [index, one] of ONE_OF_EACH.entries()) {
          store.append(one)
          const newest = { ...RECORD, seq: index + 1, time: 1_001 + index }
          expect([store.record(), storage.open().record()]).toEqual([newest, newest])
        }
      }))

    it('[ST9] stays as saved if the log has nothing newer', () =>
      inRoom((storage) => {
        const store = storage.open()
        store.append(entry('updateChat', 1, { body: 'one' }))
        const saved = { ...RECORD, seq: 40, time: 40_000, floor: 39 }
        store.saveRecord(saved)
        expect(storage.open().record()).toEqual(saved)
      }))
  })

  describe('the log', () => {
    it('[ST10] is replayed as written, every kind of change, in order', () =>
      inRoom((storage) => {
        append(storage.open(), ONE_OF_EACH)
        expect(storage.open().replay(0, 100)).toEqual(ONE_OF_EACH)
      }))

    it('[ST11] is replayed from any place, up to a number of changes', () =>
      inRoom((storage) => {
        const store = storage.open()
        append(store, ONE_OF_EACH)
        for (let after = 0; after <= LAST; after++) {
          for (const limit of [1, 2, 5, LAST, 100]) {
            expect(store.replay(after, limit)).toEqual(ONE_OF_EACH.slice(after, after + limit))
          }
        }
      }))

    it('[ST12] writes a row for a change, and another if it changes a message', () =>
      inRoom((storage) => {
        const store = storage.open()
        const stored: StoredMessage = { message: entry('updateChat', 1, { body: 'x' }).data, edits: [3] }
        for (const one of ONE_OF_EACH) {
          const before = storage.rowsWritten
          store.append(one)
          expect([one.event, storage.rowsWritten - before]).toEqual([one.event, 1])
        }
        const before = storage.rowsWritten
        store.saveMessage(stored)
        expect(storage.rowsWritten - before).toBe(1)
        store.redact([3])
        expect(storage.rowsWritten - before).toBe(2)
      }))

    it('[ST13] stores the longest texts of the wire, and longer ones', () =>
      inRoom((storage) => {
        const body = '🫖漢é\0"'.repeat(20_000)
        storage.open().append(entry('updateChat', 1, { body }))
        expect(storage.open().message(1)?.message.body).toBe(body)
      }))

    it('[ST14] lists the author, id and seq of every change after a place, in order', () =>
      inRoom((storage) => {
        const store = storage.open()
        append(store, ONE_OF_EACH)
        const all = ONE_OF_EACH.map(({ data: { by, id, seq } }) => ({ by, id, seq }))
        for (let after = 0; after <= LAST; after++)
          for (const upTo of [after, after + 2, LAST])
            expect(store.ids({ after, upTo })).toEqual(all.slice(after, upTo))
      }))
  })

  describe('a message', () => {
    const message = entry('updateChat', 1, { body: 'tea' }).data
    const everything: StoredMessage = {
      message: {
        ...message,
        body: AWKWARD,
        replyTo: 7,
        rev: 9,
        edited: true,
        reactions: [
          { emoji: '👍', by: ['ben', 'cleo'] },
          { emoji: '🫖', by: ['ann'] },
        ],
      },
      first: `first ${AWKWARD}`,
      edits: [8, 9],
    }
    const versions: StoredMessage[] = [
      { message },
      { message: { ...message, replyTo: 7 } },
      { message: { ...message, rev: 4 } },
      { message: { ...message, body: 'coffee', rev: 4, edited: true }, first: 'tea', edits: [4] },
      { message: { ...message, rev: 4, reactions: [{ emoji: '👍', by: ['ben'] }] } },
      { message: { ...message, body: '', rev: 4, deleted: true }, fingerprint: 'abc' },
      everything,
    ]
    it.each(versions)('[ST15] is stored with all its fields: %j', (stored) =>
      inRoom((storage) => {
        const store = storage.open()
        append(store, [entry('updateChat', 1, { body: 'tea' }), entry('updateChat', 2, { body: 'other' })])
        store.saveMessage(stored)
        const again = storage.open()
        expect(again.message(1)).toEqual(stored)
        expect(again.message(2)).toEqual({ message: entry('updateChat', 2, { body: 'other' }).data })
        expect(again.replay(0, 1)).toEqual([{ event: 'updateChat', data: stored.message }])
        expect(again.page({ limit: 9 })[0]).toEqual(stored.message)
      }),
    )

    it('[ST16] loses the fields that a later version of it lacks', () =>
      inRoom((storage) => {
        const store = storage.open()
        append(store, [entry('updateChat', 1, { body: 'tea' })])
        store.saveMessage(everything)
        store.saveMessage({ message })
        expect(storage.open().message(1)).toEqual({ message })
      }))

    it('[ST17] is found only under its own seq', () =>
      inRoom((storage) => {
        const store = storage.open()
        append(store, ONE_OF_EACH)
        for (const seq of [0, 3, 6, LAST + 1]) expect(store.message(seq)).toBeUndefined()
      }))
  })

  describe('redacting', () => {
    it('[ST18] removes the texts of the given edits only, and changes nothing the second time', () =>
      inRoom((storage) => {
        const store = storage.open()
        const edits = [2, 3, 4].map((seq) => entry('editChat', seq, { ref: 1, body: `text ${seq}` }))
        append(store, [entry('updateChat', 1, { body: 'tea' }), ...edits])
        store.redact([2, 4])
        store.redact([2])
        store.redact([])
        const again = storage.open()
        expect(again.replay(1, 9)).toEqual([
          entry('editChat', 2, { ref: 1, body: '', deleted: true }),
          entry('editChat', 3, { ref: 1, body: 'text 3' }),
          entry('editChat', 4, { ref: 1, body: '', deleted: true }),
        ])
        const found = again.find({ by: 'ann', id: 'id-2', after: 0, upTo: 9 })
        expect(found?.first).toEqual({ fingerprint: fingerprint('text 2') })
      }))
  })

  describe('finding', () => {
    it('[ST19] finds a change of each kind by author and id, between two places', () =>
      inRoom((storage) => {
        const store = storage.open()
        append(store, ONE_OF_EACH)
        for (const one of ONE_OF_EACH) {
          const { by, id, seq } = one.data
          const find = (after: number, upTo: number) => store.find({ by, id, after, upTo })?.entry
          expect([find(0, LAST), find(seq - 1, seq)]).toEqual([one, one])
          expect([find(seq, LAST), find(0, seq - 1)]).toEqual([undefined, undefined])
        }
      }))

    it('[ST20] keeps apart the equal ids of different people', () =>
      inRoom((storage) => {
        const store = storage.open()
        append(store, [entry('updateChat', 1, { body: 'tea' }, 'ben')])
        expect(store.find({ by: 'ann', id: 'id-1', after: 0, upTo: 9 })).toBeUndefined()
      }))

    it('[ST21] gives the first text of a message, or its replacement after that was erased', () =>
      inRoom((storage) => {
        const store = storage.open()
        append(store, [
          entry('updateChat', 1, { body: 'tea' }),
          entry('editChat', 2, { ref: 1, body: 'coffee' }),
        ])
        const first = (id: string) => store.find({ by: 'ann', id, after: 0, upTo: 9 })?.first
        expect([first('id-1'), first('id-2')]).toEqual([{ text: 'tea' }, { text: 'coffee' }])
        const { data: message } = entry('updateChat', 1, { body: 'coffee', rev: 2, edited: true })
        store.saveMessage({ message, first: 'tea', edits: [2] })
        expect(first('id-1')).toEqual({ text: 'tea' })
        store.saveMessage({ message: { ...message, body: '', deleted: true }, fingerprint: 'of tea' })
        expect(first('id-1')).toEqual({ fingerprint: 'of tea' })
      }))
  })
}
