import { expect, it } from 'vitest'
import { MIGRATIONS, migrate } from '../../../src/platform/sql/migrations.ts'
import { SqlStore } from '../../../src/platform/sql/sql-store.ts'
import { NodeSql } from '../../../tools/node-sql.ts'
import { ROOM } from '../../store/storage.ts'

it('[SM1] a room of an earlier schema keeps its network bans', () => {
  const sql = new NodeSql()
  migrate(sql, MIGRATIONS.slice(0, 4))
  sql.run("INSERT INTO network_bans VALUES ('home', 'eve', 9000)")
  const { moderation: house } = new SqlStore(sql, ROOM)
  expect([house.networkBannedUntil('home'), house.networkBannedUntil('cafe')]).toEqual([9_000, 0])
  house.unbanNetworks('eve')
  expect(house.networkBannedUntil('home')).toBe(0)
  sql.close()
})
