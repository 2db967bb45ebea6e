import { describe, expect, it } from 'vitest'
import type { Store } from '../../src/room/model/store.ts'
import { historyContract } from './history-contract.ts'
import { logContract } from './log-contract.ts'
import { peopleContract } from './people-contract.ts'
import { entry, type InStorage, RECORD } from './storage.ts'

/** What a room's store must do on any SQLite. */
export function storeContract(inStorage: InStorage): void {
  const inRoom: InStorage = (work) =>
    inStorage((storage) => {
      storage.open().begin(RECORD)
      work(storage)
    })

  describe('before it begins', () => {
    it('[ST1] reads as empty', () =>
      inStorage((storage) => {
        const store = storage.open()
        expect(everythingIn(store)).toEqual({
          record: undefined,
          message: undefined,
          find: undefined,
          ids: [],
          replay: [],
          pages: [[], [], [], []],
          person: undefined,
          named: [],
          pair: undefined,
          waiting: [],
        })
      }))

    it('[ST2] writes no rows for reads, for an empty transaction, or for removing an absent invitation', () =>
      inStorage((storage) => {
        const store = storage.open()
        everythingIn(store)
        store.transaction(() => everythingIn(store))
        store.uninvite('ann', 'other')
        expect(storage.rowsWritten).toBe(0)
        expect(storage.open().record()).toBeUndefined()
      }))

    it('[ST3] has the room’s record when it is opened again', () =>
      inStorage((storage) => {
        const store = storage.open()
        store.transaction(() => store.begin(RECORD))
        expect(store.record()).toEqual(RECORD)
        expect(storage.open().record()).toEqual(RECORD)
      }))
  })

  describe('a transaction', () => {
    it('[ST4] keeps everything it wrote, and returns the result of its work', () =>
      inRoom((storage) => {
        const store = storage.open()
        const answer = store.transaction(() => {
          store.append(entry('updateChat', 1, { body: 'one' }))
          store.append(entry('setTopic', 2, { topic: 'two' }))
          return 'done'
        })
        expect(answer).toBe('done')
        expect(
          storage
            .open()
            .replay(0, 9)
            .map(({ data }) => data.seq),
        ).toEqual([1, 2])
      }))

    it('[ST5] keeps nothing if its work throws', () =>
      inRoom((storage) => {
        const store = storage.open()
        store.append(entry('updateChat', 1, { body: 'kept' }))
        const fails = () =>
          store.transaction(() => {
            store.append(entry('updateChat', 2, { body: 'lost' }))
            store.saveMessage({ message: entry('updateChat', 1, { body: 'changed' }).data })
            store.saveRecord({ ...RECORD, topic: 'lost' })
            store.savePair('ann', 'ben', 'lost')
            expect(store.message(1)?.message.body).toBe('changed')
            throw new Error('on the way')
          })
        expect(fails).toThrow('on the way')
        for (const now of [store, storage.open()]) {
          expect(now.replay(0, 9)).toEqual([entry('updateChat', 1, { body: 'kept' })])
          expect(now.record()).toEqual({ ...RECORD, seq: 1, time: 1_001 })
          expect(now.pair('ann', 'ben')).toBeUndefined()
        }
        store.transaction(() => store.append(entry('updateChat', 2, { body: 'again' })))
        expect(storage.open().message(2)?.message.body).toBe('again')
      }))

    it('[ST6] that fails while it creates the room leaves no room', () =>
      inStorage((storage) => {
        const store = storage.open()
        const fails = () =>
          store.transaction(() => {
            store.begin(RECORD)
            throw new Error('on the way')
          })
        expect(fails).toThrow('on the way')
        const again = storage.open()
        expect(again.record()).toBeUndefined()
        again.transaction(() => again.begin(RECORD))
        expect(storage.open().record()).toEqual(RECORD)
      }))
  })

  logContract(inRoom)
  historyContract(inRoom)
  peopleContract(inRoom)
}

function everythingIn(store: Store) {
  return {
    record: store.record(),
    message: store.message(1),
    find: store.find({ by: 'ann', id: 'id-1', after: 0, upTo: 9 }),
    ids: store.ids({ after: 0, upTo: Number.MAX_SAFE_INTEGER }),
    replay: store.replay(0, 9),
    pages: [{}, { before: 9 }, { after: 0 }, { around: 1 }].map((where) =>
      store.page({ ...where, limit: 9 }),
    ),
    person: store.person('ann'),
    named: store.named('ann'),
    pair: store.pair('ann', 'ben'),
    waiting: store.waiting('ann'),
  }
}
