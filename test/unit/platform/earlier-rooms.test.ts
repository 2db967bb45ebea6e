import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { schemaVersion } from '../../../src/platform/sql/migrations.ts'
import { SqlStore } from '../../../src/platform/sql/sql-store.ts'
import { NodeSql } from '../../../tools/node-sql.ts'
import { TestRoom } from '../room/test-room.ts'

const FOLDER = new URL('../../fixtures/stored-room/', import.meta.url)
/** The same conversation, as versions of different times stored it. */
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.sql') && name !== 'room-of-schema-5.sql')

it('[SM5] there are rooms of six versions, the newest schema among them', () => {
  const versions = FILES.map(
    (name) => /INSERT INTO schema VALUES \((\d+)\)/.exec(readFileSync(new URL(name, FOLDER), 'utf8'))?.[1],
  )
  const newest = new TestRoom()
  newest.enter('ann')
  expect(FILES).toHaveLength(6)
  expect(versions.map(Number)).toContain(schemaVersion(newest.sql))
})

it.each(FILES)('[SM6] the room of %s opens, is resumed from its beginning, and goes on', (name) => {
  const sql = new NodeSql()
  for (const statement of readFileSync(new URL(name, FOLDER), 'utf8').split(/;\n/))
    if (statement !== '') sql.run(statement)
  const room = new TestRoom({ store: new SqlStore(sql, 'kitchen') })
  expect(room.core.record).toMatchObject({
    epoch: 'id-1',
    seq: 7,
    topic: 'Breakfast',
    access: { kind: 'open' },
  })
  // Somebody new is stored with every column of today.
  room.enter('cleo')
  const ann = room.open('ann')
  const told = room.join(ann, { after: 0, epoch: 'id-1' })
  expect(told.the(ann, 'joined')).toMatchObject({ resumed: true, role: 'member', last: 't7' })
  const changes = told
    .to(ann)
    .flatMap(({ event, data }) => ('seq' in Object(data) && event !== 'joined' ? [data] : []))
  expect(changes.map((data) => Object(data).id)).toEqual(['m1', 'm2', 'e3', 'r4', 'm5', 'd6', 't7'])
  expect(room.store.page({ limit: 10 })).toMatchObject([
    { seq: 1, body: 'coffee?', edited: true, reactions: [{ emoji: '👍', by: ['ben'] }] },
    { seq: 2, body: 'yes', replyTo: 1 },
    { seq: 5, body: '', deleted: true },
  ])
  expect(
    room.send(ann, 'updateChat', { body: 'tea?', id: 'm1', since: 0, epoch: 'id-1' }).the(ann, 'ack'),
  ).toMatchObject({ seq: 1 })
  expect(room.send(ann, 'deleteChat', { ref: 1 }).the(ann, 'ack')).toMatchObject({ seq: 8 })
  expect(room.store.page({ limit: 10 })[0]).toMatchObject({ body: '', deleted: true })
  expect(JSON.stringify(sql.run('SELECT * FROM changes'))).not.toContain('coffee?')
})
