import { expect, it } from 'vitest'
import { type RoomTotals, roomTotals } from '../../../src/platform/sql/room-totals.ts'
import { SqlStore } from '../../../src/platform/sql/sql-store.ts'
import { NodeSql } from '../../../tools/node-sql.ts'
import { RECORD, ROOM } from '../../store/storage.ts'

const HOUR_MS = 60 * 60 * 1_000

function roomOf(people: number) {
  const sql = new NodeSql()
  const store = new SqlStore(sql, ROOM)
  store.begin(RECORD)
  let joined = 0
  const join = (count: number) =>
    store.transaction(() => {
      for (const end = joined + count; joined < end; joined += 1)
        store.savePerson({ by: `p${joined}`, session: '', username: `P${joined}`, role: 'member', seen: 0 })
    })
  join(people)
  let last: RoomTotals | undefined
  /** How many people it says there are at this hour. */
  const countAt = (hour: number): number => {
    const totals = roomTotals(sql, last, (24 * 365 + hour) * HOUR_MS)
    last = totals
    return totals.people
  }
  return { join, countAt }
}

it('[DR30] few people are counted each time, and many once a day: nobody pays for it', () => {
  const { join, countAt } = roomOf(100)
  expect(countAt(0)).toBe(100)
  join(50)
  expect(countAt(1)).toBe(150)
  join(50)
  expect([2, 24, 25].map(countAt)).toEqual([150, 150, 200])
})

it('[DR31] people are counted up to 10,000', () => {
  const { join, countAt } = roomOf(10_000)
  join(500)
  expect(countAt(0)).toBe(10_000)
})
