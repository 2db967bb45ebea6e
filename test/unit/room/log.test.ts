import { describe, expect, it } from 'vitest'
import { SqlStore } from '../../../src/platform/sql/sql-store.ts'
import { LIMITS } from '../../../src/protocol/limits.ts'
import type { Store } from '../../../src/room/model/store.ts'
import { Deduplication } from '../../../src/room/state/deduplication.ts'
import { Log } from '../../../src/room/state/log.ts'
import { encode } from '../../../src/room/state/outgoing.ts'
import { NodeSql } from '../../../tools/node-sql.ts'
import { entry, RECORD, ROOM } from '../../store/storage.ts'

/** A store that counts searches of the log. */
function begun(size = 0) {
  const sql = new NodeSql()
  const store = new SqlStore(sql, ROOM)
  store.begin(RECORD)
  const append = (seq: number) => store.append(entry('updateChat', seq, { body: `${seq}` }))
  for (let seq = 1; seq <= size; seq += 1) append(seq)
  const asked: [after: number, upTo: number][] = []
  const find = store.find.bind(store)
  store.find = (query) => {
    asked.push([query.after, query.upTo])
    return find(query)
  }
  const ids = store.ids.bind(store)
  const warmed: [after: number, upTo: number][] = []
  store.ids = (within) => {
    warmed.push([within.after, within.upTo])
    return ids(within)
  }
  return { sql, store, asked, warmed, append }
}

function logOf(store: Store): Log {
  const record = store.record()
  if (record === undefined) throw new Error('The room has not begun')
  return new Log(store, record)
}

describe('an earlier change', () => {
  it('[RMB1] is in memory under its author and id, if it was stored since the object woke', () => {
    const { store, asked } = begun(5)
    const retries = new Deduplication(store, 5)
    retries.add('ann', 'x', 6)
    retries.add('ben', 'x', 7)
    expect([retries.find('ann', 'x', 5), retries.find('ben', 'x', 5)]).toEqual([6, 7])
    expect([retries.find('ann', 'y', 5), retries.find('annx', '', 5)]).toEqual([undefined, undefined])
    expect(asked).toEqual([])
  })

  it('[RMB2] is searched for in the store between its since and the beginning of memory', () => {
    const { store, asked } = begun(5)
    const retries = new Deduplication(store, 5)
    retries.add('ann', 'x', 6)
    expect(retries.find('ann', 'id-3', 2)).toBe(3)
    expect(retries.find('ann', 'id-3', 3)).toBeUndefined()
    expect(retries.find('ben', 'id-3', 0)).toBeUndefined()
    expect(asked).toEqual([
      [2, 5],
      [3, 5],
      [0, 5],
    ])
    expect([2, 5, 9].map((after) => retries.lookBack(after))).toEqual([3, 0, 0])
  })

  it('[RMB3] is loaded into memory at once for retries without a since, and then found there', () => {
    const { store, asked, warmed } = begun(5)
    const retries = new Deduplication(store, 5)
    expect([retries.warm(5, 9), warmed]).toEqual([true, []])
    expect([2, 2, 4].map((after) => retries.warm(after, 9))).toEqual([true, true, true])
    expect(warmed).toEqual([[2, 5]])
    expect([retries.find('ann', 'id-3', 2), retries.find('ann', 'id-9', 2)]).toEqual([3, undefined])
    expect([asked, retries.lookBack(2), retries.lookBack(1)]).toEqual([[], 0, 1])
    expect(retries.find('ann', 'id-1', 0)).toBe(1)
    expect(asked).toEqual([[0, 2]])
  })

  it('[RMB22] is loaded in parts where there are many, the newest first, and found from each part on', () => {
    const { store, warmed } = begun(5)
    const retries = new Deduplication(store, 5)
    const found = () =>
      ['id-5', 'id-3', 'id-2'].map((id) => [id, retries.lookBack(1), retries.find('ann', id, 1)])
    expect([retries.warm(1, 2), found()]).toEqual([
      false,
      [
        ['id-5', 2, 5],
        ['id-3', 2, 3],
        ['id-2', 2, 2],
      ],
    ])
    expect([retries.warm(1, 2), retries.warm(1, 2), retries.lookBack(1)]).toEqual([true, true, 0])
    expect(warmed).toEqual([
      [3, 5],
      [1, 3],
    ])
  })

  it('[RMB4] leaves memory beyond twice the reach of a retry without a since, and is then searched for in the store', () => {
    const { store, asked } = begun()
    const retries = new Deduplication(store, 0)
    const most = 2 * LIMITS.retryChanges
    for (let seq = 1; seq <= most; seq += 1) retries.add('ann', `id-${seq}`, seq)
    expect([retries.find('ann', 'id-1', 0), retries.lookBack(0)]).toEqual([1, 0])
    retries.add('ann', 'last', most + 1)
    const floor = most + 1 - LIMITS.retryChanges
    expect(retries.lookBack(0)).toBe(floor)
    expect(retries.find('ann', `id-${floor + 1}`, 0)).toBe(floor + 1)
    expect(asked).toEqual([])
    expect(retries.find('ann', `id-${floor}`, 0)).toBeUndefined()
    expect(asked).toEqual([[0, floor]])
  })

  it('[RMB5] never moves the beginning of memory back when it leaves memory', () => {
    const { store } = begun()
    const retries = new Deduplication(store, 90_000)
    for (let n = 0; n <= 2 * LIMITS.retryChanges; n += 1) retries.add('ann', `${n}`, 5)
    expect(retries.lookBack(80_000)).toBe(10_000)
  })

  it('[RMB6] comes with its first text', () => {
    const { store, asked } = begun(5)
    const log = logOf(store)
    expect(log.findStored('ann', 'id-4', 1)).toEqual({
      entry: entry('updateChat', 4, { body: '4' }),
      first: { text: '4' },
    })
    expect(asked).toEqual([
      [1, 5],
      [3, 4],
    ])
    expect(log.findStored('ann', 'id-9', 1)).toBeUndefined()
  })
})

describe('the search for a retry', () => {
  const at = (seq: number, floor: number) => {
    const { store } = begun()
    store.saveRecord({ ...RECORD, seq, floor })
    return logOf(store)
  }

  it.each([
    [20_000, 0, undefined, RECORD.epoch, 10_000],
    [20_000, 0, 7, undefined, 10_000],
    [20_000, 0, 10_000, RECORD.epoch, 10_000],
    [20_000, 0, 9_999, RECORD.epoch, 'stale'],
    [20_000, 15_000, undefined, undefined, 15_000],
    [500, 0, undefined, undefined, 0],
    [500, 100, 100, RECORD.epoch, 100],
    [500, 100, 99, RECORD.epoch, 'stale'],
    [500, 100, 500, RECORD.epoch, 500],
    [500, 100, 501, RECORD.epoch, 'stale'],
    [500, 100, 300, 'another', 'stale'],
  ])('[RMB7] in a log of %i with floor %i, since %j of epoch %j: %j', (seq, floor, since, epoch, from) => {
    expect(at(seq, floor).retryFrom(since, epoch)).toBe(from)
  })

  it('[RMB8] is searched only as far as memory does not reach', () => {
    const log = at(30_000, 0)
    expect([30_000, 29_999, 20_000].map((after) => log.lookBack(after))).toEqual([0, 1, 10_000])
    log.warm(20_000, LIMITS.retryChanges)
    expect(log.lookBack(20_000)).toBe(0)
  })
})

describe('a resume', () => {
  it('[RMB10] reaches the newest change, in any number of reads', () => {
    const { store } = begun(1_201)
    const log = logOf(store)
    const seqs = (events: ReturnType<Log['replay']>) =>
      Array.isArray(events) ? events.map((json) => JSON.parse(json).data.seq) : events
    expect(seqs(log.replay(0, RECORD.epoch))).toEqual(Array.from({ length: 1_201 }, (_, n) => n + 1))
    expect(seqs(log.replay(1_200, RECORD.epoch))).toEqual([1_201])
    expect(log.replay(1_201, RECORD.epoch)).toEqual([])
    expect([log.replay(1_202, RECORD.epoch), log.replay(0, 'another')]).toEqual([undefined, undefined])
  })

  it('[RMB11] is refused past 10,000 changes, below the floor, and past 4 MiB', () => {
    const { store } = begun(LIMITS.resumeChanges + 1)
    expect(logOf(store).replay(0, RECORD.epoch)).toBeUndefined()
    expect(logOf(store).replay(1, RECORD.epoch)).toHaveLength(LIMITS.resumeChanges)
    const { store: trimmed } = begun(8)
    trimmed.saveRecord({ ...RECORD, floor: 5 })
    expect(logOf(trimmed).replay(4, RECORD.epoch)).toBeUndefined()
    expect(logOf(trimmed).replay(5, RECORD.epoch)).toHaveLength(3)
  })

  it('[RMB16] holds up to 4 MiB in UTF-8, and not one byte more', () => {
    const bytesOf = (seq: number, body: string) =>
      new TextEncoder().encode(JSON.stringify(entry('updateChat', seq, { body }))).length
    const replayed = (more: number) => {
      const { store } = begun()
      let left = LIMITS.resumeBytes + more
      let seq = 0
      const append = (body: string): void => {
        seq += 1
        left -= bytesOf(seq, body)
        store.append(entry('updateChat', seq, { body }))
      }
      while (left > 10_000) append('ü'.repeat(3_900))
      append('x'.repeat(left - bytesOf(seq + 1, '')))
      expect(left).toBe(0)
      return logOf(store).replay(0, RECORD.epoch)?.length === seq
    }
    expect([replayed(-1), replayed(0), replayed(1)]).toEqual([true, true, false])
  })

  it.each([1, 400, 500, 501, 1_200])(
    '[RMB12] of a log that lacks a change is none, instead of a shorter one: %s',
    (missing) => {
      const { store, sql } = begun(1_200)
      const log = logOf(store)
      sql.run('DELETE FROM messages WHERE seq = ?', missing)
      expect([log.replay(0, RECORD.epoch), log.replay(missing - 1, RECORD.epoch)]).toEqual([
        'damaged',
        'damaged',
      ])
      expect(log.replay(missing, RECORD.epoch)).toHaveLength(1_200 - missing)
    },
  )

  it('[RMB27] in parts ends before a change that the log lacks', () => {
    const { store, sql } = begun(120)
    sql.run('DELETE FROM messages WHERE seq = 70')
    const part = (after: number) =>
      logOf(store)
        .part(after, 1_000_000)
        .map(({ data }) => data.seq)
    expect([part(0).length, part(60).at(-1), part(69), part(70).length]).toEqual([69, 69, [], 50])
  })
})

describe('the newest page', () => {
  const seqs = (log: Log): number[] =>
    JSON.parse(log.newestPage().json).data.map(({ seq }: { seq: number }) => seq)

  it('[RMB13] is current after every message, and has at most 50', () => {
    const { store } = begun(49)
    const log = logOf(store)
    expect(log.newestPage().json).toBe(encode('msgHistory', store.page({ limit: 50 })))
    for (let seq = 50; seq <= 53; seq += 1) {
      log.commit({ entry: entry('updateChat', seq, { body: 'x' }) })
      expect(log.newestPage().json).toBe(encode('msgHistory', store.page({ limit: 50 })))
    }
    expect(seqs(log)).toEqual(Array.from({ length: 50 }, (_, n) => n + 4))
  })

  it('[RMB14] has the current texts of its own messages, and is unaffected by changes of others', () => {
    const { store } = begun(60)
    const log = logOf(store)
    const before = log.newestPage()
    const { data: old } = entry('updateChat', 5, { body: 'five', rev: 61 })
    log.commit({ entry: entry('editChat', 61, { ref: 5, body: 'five' }), stored: { message: old } })
    log.commit({ entry: entry('setTopic', 62, { topic: 'Tea' }) })
    expect(log.newestPage()).toBe(before)
    const { data: message } = entry('updateChat', 55, { body: 'fifty-five', rev: 63 })
    log.commit({ entry: entry('editChat', 63, { ref: 55, body: 'fifty-five' }), stored: { message } })
    expect(log.newestPage().json).toContain('fifty-five')
    expect(log.newestPage().json).toBe(encode('msgHistory', store.page({ limit: 50 })))
  })
})

describe('a commit', () => {
  it('[RMB15] stores the change and everything that goes with it, and updates the record', () => {
    const { store } = begun()
    const log = logOf(store)
    const message = entry('updateChat', 1, { body: 'tea' })
    log.commit({ entry: message })
    log.commit({ entry: entry('editChat', 2, { ref: 1, body: 'secret' }) })
    const { data: tombstone } = entry('updateChat', 1, { body: '', deleted: true, rev: 3 })
    log.commit({
      entry: entry('deleteChat', 3, { ref: 1 }),
      stored: { message: tombstone, fingerprint: 'f' },
      redact: [2],
    })
    expect(store.message(1)).toEqual({ message: tombstone, fingerprint: 'f' })
    expect(store.replay(1, 1)).toMatchObject([{ event: 'editChat', data: { body: '', deleted: true } }])
    expect(log.record).toEqual({ ...RECORD, seq: 3, time: 1_003 })
    expect(store.record()).toEqual(log.record)
    log.commit({ entry: entry('setTopic', 4, { topic: 'Cake' }) })
    expect([log.record.topic, store.record()?.topic]).toEqual(['Cake', 'Cake'])
    expect(log.findStored('ann', 'id-4', 0)?.entry).toMatchObject({ event: 'setTopic' })
  })
})
