import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadUsage } from '../../../src/platform/billing/usage.ts'
import { SqlStore } from '../../../src/platform/sql/sql-store.ts'
import { NodeSql } from '../../../tools/node-sql.ts'

const fixture = (name: string) =>
  readFileSync(new URL(`../../fixtures/stored-room/room-of-schema-5.${name}`, import.meta.url), 'utf8')

/** A room's database as an earlier version wrote it, and what that version read in it. */
const sql = new NodeSql()
for (const statement of fixture('sql').split(/;\n/)) if (statement !== '') sql.run(statement)
const written: Record<string, unknown> = JSON.parse(fixture('json'))
const store = new SqlStore(sql, 'a'.repeat(26))
const { moderation } = store
const find = (by: string, id: string) => store.find({ by, id, after: 0, upTo: 13 })
const PEOPLE = ['ann', 'ben', 'cleo', 'dan', 'eve', 'fay', 'gil']

describe('a room that an earlier version stored', () => {
  it('[SM2] has a row in each of its tables', () => {
    const tables = sql.run("SELECT name FROM sqlite_master WHERE type = 'table'")
    const rows = tables.map(({ name }) => sql.run(`SELECT COUNT(*) AS n FROM ${name}`)[0]?.n)
    expect([tables.length, rows.includes(0)]).toEqual([13, false])
  })

  it.each<[part: string, read: () => unknown]>([
    ['record', () => store.record()],
    ['stored', () => Array.from({ length: 13 }, (_, n) => store.message(n + 1) ?? null)],
    ['ids', () => store.ids({ after: 0, upTo: Number.MAX_SAFE_INTEGER })],
    ['log', () => store.replay(0, 100)],
    [
      'pages',
      () => ({
        newest: store.page({ limit: 3 }),
        before: store.page({ before: 5, limit: 3 }),
        after: store.page({ after: 2, limit: 3 }),
        around: store.page({ around: 5, limit: 3 }),
      }),
    ],
    [
      'found',
      () => [
        find('b-cleo', 'id-3'),
        find('b-ben', 'id-5'),
        find('b-ben', 'id-6'),
        find('b-ann', 'id-11'),
        find('b-ann', 'id-3') ?? null,
      ],
    ],
    ['people', () => store.people(10)],
    ['namedCleo', () => store.named('cleo').map(({ by }) => by)],
    ['oldest', () => store.oldest()],
    ['lastSpoke', () => store.lastSpoke('b-cleo', 0)],
    ['messagesOfCleo', () => store.messagesOf('b-cleo', { after: 0, upTo: 13 }, 10)],
    ['pair', () => store.pair('b-ben', 'b-ann')],
    ['waiting', () => store.waiting('b-cleo')],
    ['admitted', () => PEOPLE.map((name) => moderation.admitted(`b-${name}`, 0)?.role ?? null)],
    ['links', () => moderation.links()],
    ['networkBannedUntil', () => moderation.networkBannedUntil('n-eve')],
    ['blockedByAnn', () => moderation.blocked('b-ann')],
    ['notes', () => moderation.notes(100, 10)],
    ['usage', () => loadUsage(sql)],
  ])('[SM3] opens, and its %s is unchanged', (part, read) => {
    expect(written[part]).toBeDefined()
    expect(read()).toEqual(written[part])
  })
})
