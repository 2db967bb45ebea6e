import { expect, it, vi } from 'vitest'
import { MIGRATIONS, migrate } from '../../../src/platform/sql/migrations.ts'
import { SqlStore } from '../../../src/platform/sql/sql-store.ts'
import { NodeSql } from '../../../tools/node-sql.ts'
import { ROOM } from '../../store/storage.ts'

it('[SM4] a room of an earlier schema finds its people by the newer table, and writes only the names whose key changes', () => {
  const sql = new NodeSql()
  migrate(sql, MIGRATIONS.slice(0, 5))
  const people: [username: string, key: string][] = [
    ['Ian Miller', 'lanrnlller'],
    ['Ali\u03f2e', 'allσe'],
    ['\u0397\u0391\u039d', 'navv'],
    ['Zoë', 'zoe'],
    ['Вера', 'bepa'],
  ]
  for (const [username, key] of people)
    sql.run(
      "INSERT INTO people (by, session, username, name_key, role, seen) VALUES (?, ?, ?, ?, 'member', 0)",
      username,
      `s-${username}`,
      username,
      key,
    )
  const run = vi.spyOn(sql, 'run')
  const store = new SqlStore(sql, ROOM)
  const written = run.mock.calls.filter(([statement]) => statement.startsWith('UPDATE people'))
  expect(written.map(([, , , by]) => by)).toEqual(['Ali\u03f2e', '\u0397\u0391\u039d'])
  const found = ['ian miller', 'Alice', 'HAN', 'Zoe', 'BEPA'].map((name) => store.named(name))
  expect(found.map((named) => named.map(({ username, silent }) => [username, silent]))).toEqual(
    people.map(([username]) => [[username, undefined]]),
  )
  sql.close()
})

it('[SM1] a room of an earlier schema keeps its network bans', () => {
  const sql = new NodeSql()
  migrate(sql, MIGRATIONS.slice(0, 4))
  sql.run("INSERT INTO network_bans VALUES ('home', 'eve', 9000)")
  const { moderation } = new SqlStore(sql, ROOM)
  expect([moderation.networkBannedUntil('home'), moderation.networkBannedUntil('cafe')]).toEqual([9_000, 0])
  moderation.unbanNetworks('eve')
  expect(moderation.networkBannedUntil('home')).toBe(0)
  sql.close()
})
