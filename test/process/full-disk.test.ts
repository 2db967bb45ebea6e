import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pass } from 'node:timers/promises'
import { expect, inject, it } from 'vitest'
import { RAISED_RATES, startWorkerd } from '../../tools/workerd.mjs'
import { RawReader } from './raw-reader.ts'

/** No file may grow beyond this, in units of 512 bytes: a write past it fails as on a full disk. */
const MOST_BLOCKS = 1_200
const BODY = 'x'.repeat(4_000)
/** A commit that fails ends the object. A probe in another file succeeds, so the second end is the last for a minute. */
const ENDS = 2
const ROOM = 'full'

it('[FD1] a room whose commits fail ends twice, and from then on is open, is read, and refuses what is written', async () => {
  const rooms = mkdtempSync(join(inject('bundle').folder, 'full-'))
  const limited = ['sh', '-c', `trap '' XFSZ; ulimit -f ${MOST_BLOCKS}; exec "$@"`, 'sh']
  const server = await startWorkerd(inject('bundle'), { rooms, vars: RAISED_RATES, command: limited })
  const enter = (username: string, cookie?: string) =>
    RawReader.join(server.port, { room: ROOM, username, ...(cookie === undefined ? {} : { cookie }) })

  let ann = await enter('Ann')
  let stored = 0
  let ends = 0
  let refused = 0
  for (let sent = 0; refused === 0; sent++) {
    ann.send({ event: 'updateChat', data: { body: BODY, room: ROOM, id: `${sent}` } })
    try {
      await ann.until(() => ann.newest > stored || ann.told.some(({ event }) => event === 'error'))
      if (ann.newest > stored) stored = ann.newest
      else refused += 1
    } catch {
      ends += 1
      ann = await enter('Ann', ann.cookie)
    }
    if (ends > ENDS) break
  }
  expect([ends, refused]).toEqual([ENDS, 1])
  expect(stored).toBeGreaterThan(50)

  const others = await Promise.all(['Ben', 'Cleo', 'Dan'].map((username) => enter(username)))
  for (let times = 0; times < 10; times++) {
    ann.send({ event: 'updateChat', data: { body: 'again', room: ROOM, id: 'again' } })
    await pass(50)
  }
  const answers = () => ann.told.filter(({ event }) => event === 'error')
  await ann.until(() => answers().length > 10)
  expect(new Set(answers().map(({ data }) => Reflect.get(Object(data), 'code')))).toEqual(
    new Set(['unavailable']),
  )
  for (const reader of others) {
    expect(reader.ended).toBeUndefined()
    expect(reader.joined.seq).toBe(stored)
    const page = reader.told.find(({ event }) => event === 'msgHistory')
    expect(page?.data).toHaveLength(50)
    reader.leave()
  }
  ann.leave()
  await server.kill()
})
