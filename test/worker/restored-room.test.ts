import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { endObject, freshRoom, RawClient } from './raw-client.ts'

/** The number of changes when the copy is made, in the lost history, and in the history after the restore. */
const [COPIED, LOST, AFTER] = [10, 15, 25]

type Row = Record<string, ArrayBuffer | string | number | null>

/** Every row of every table of a room. */
const copyOf = (room: string) =>
  runInDurableObject(env.ROOMS.getByName(room), (_, { storage: { sql } }) => {
    const names = sql.exec(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
    )
    return names
      .toArray()
      .map(({ name }): [string, Row[]] => [String(name), sql.exec<Row>(`SELECT * FROM ${name}`).toArray()])
  })

/** Sets the database of a room back to a copy, as a restore does. */
const restore = (room: string, copy: [string, Row[]][]) =>
  runInDurableObject(env.ROOMS.getByName(room), (_, { storage }) => {
    storage.transactionSync(() => {
      for (const [name, rows] of copy) {
        storage.sql.exec(`DELETE FROM ${name}`)
        for (const row of rows) {
          const columns = Object.keys(row)
          const places = columns.map(() => '?').join(', ')
          storage.sql.exec(
            `INSERT INTO ${name} (${columns.join(', ')}) VALUES (${places})`,
            ...Object.values(row),
          )
        }
      }
    })
  })

it('[RR5] a room whose database is restored resumes nobody over the history that is gone', async () => {
  const room = freshRoom()
  const ann = await RawClient.join(room, 'Ann')
  const say = async (from: RawClient, what: string, count: number): Promise<void> => {
    for (let n = 1; n <= count; n++) {
      from.say(`${what} ${n}`, { id: `${what}-${n}` })
      await from.next('ack')
    }
  }
  await say(ann, 'kept', COPIED)
  const copy = await copyOf(room)
  const { epoch } = ann.frames[0]?.data ?? {}
  await say(ann, 'lost', LOST)
  const after = COPIED + LOST
  const last = `lost-${LOST}`

  const well = await RawClient.join(room, 'Ann', ann.cookie, { after, epoch, last })
  expect(well.frames[0]?.data).toMatchObject({ resumed: true, last })

  await restore(room, copy)
  await endObject(room, 'abort')
  const ben = await RawClient.join(room, 'Ben')
  await say(ben, 'new', AFTER)
  const back = await RawClient.join(room, 'Ann', ann.cookie, { after, epoch, last })
  expect(back.frames[0]?.data).toMatchObject({ epoch, resumed: false, last: `new-${AFTER}` })
  const { data: page } = await back.next('msgHistory')
  expect(page.map(({ id }: { id: string }) => id)).toEqual([
    ...Array.from({ length: COPIED }, (_, n) => `kept-${n + 1}`),
    ...Array.from({ length: AFTER }, (_, n) => `new-${n + 1}`),
  ])
})
