import { expect, it } from 'vitest'
import { SqlStore } from '../../../src/platform/sql/sql-store.ts'
import { NodeSql } from '../../../tools/node-sql.ts'
import { RECORD, ROOM } from '../../store/storage.ts'

it('[SM1] a room of an earlier schema keeps its network bans', () => {
  const sql = new NodeSql()
  new SqlStore(sql, ROOM).begin(RECORD)
  for (const statement of [
    'DROP TABLE banned_networks',
    'DROP INDEX admissions_by_turn',
    'ALTER TABLE admissions DROP COLUMN turn',
    'CREATE TABLE network_bans (network TEXT PRIMARY KEY, by TEXT NOT NULL, until INTEGER NOT NULL) STRICT',
    "INSERT INTO network_bans VALUES ('home', 'eve', 9000)",
    'UPDATE schema SET version = 4',
  ])
    sql.run(statement)
  const { moderation } = new SqlStore(sql, ROOM)
  expect([moderation.networkBannedUntil('home'), moderation.networkBannedUntil('cafe')]).toEqual([9_000, 0])
  moderation.unbanNetworks('eve')
  expect(moderation.networkBannedUntil('home')).toBe(0)
  sql.close()
})
