import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject, it } from 'vitest'
import { newPerson, openNodeSession, until } from '../../tools/node-session.ts'
import { startWorkerd } from '../../tools/workerd.mjs'

it('[PR1] what was acked is there after the process was killed and started again', async () => {
  const bundle = inject('bundle')
  const rooms = mkdtempSync(join(bundle.folder, 'rooms-'))
  const server = await startWorkerd(bundle, { rooms })
  const { port } = server
  const ann = { cookie: await newPerson(server.url), room: 'main', username: 'Ann' }
  const session = openNodeSession(server.url, ann)
  await session.send('still here')
  await until(session, ({ view }) => view.timeline.some(({ kind }) => kind === 'message'))
  await server.kill()
  const again = await startWorkerd(bundle, { rooms, port })
  await until(session, ({ view }) => view.status.kind === 'live')
  const reader = openNodeSession(again.url, { ...ann, username: 'Ann' })
  await until(reader, ({ view }) => view.timeline.length === 1)
  expect(reader.view.timeline).toMatchObject([{ message: { body: 'still here', seq: 1, username: 'Ann' } }])
  session.close()
  reader.close()
  await again.kill()
})
