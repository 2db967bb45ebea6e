import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, it } from 'vitest'
import { crash } from '../../tools/crash/crash.ts'
import { newSeed } from '../../tools/random.ts'
import { bundleWorker } from '../../tools/workerd.mjs'

it('[CR1] no change is lost, doubled or skipped when the process is killed at any moment', async () => {
  const seed = newSeed()
  const rooms = mkdtempSync(join(tmpdir(), 'hallway-crash-'))
  const verdict = await crash({ bundle: inject('bundle'), rooms, kills: 5, seed })
  const none = { lost: 0, twice: 0, gaps: 0, broken: [] }
  expect(verdict, `seed ${seed}, rooms kept in ${rooms}`).toMatchObject(none)
  expect(verdict.acks).toBeGreaterThan(0)
  rmSync(rooms, { recursive: true })
})

it('[CR2] a server that acks before it writes is caught', async () => {
  const folder = mkdtempSync(join(inject('bundle').folder, 'ack-first-'))
  const bundle = bundleWorker(folder, 'tools/crash/ack-first/worker.ts')
  const { lost, broken } = await crash({ bundle, rooms: join(folder, 'rooms'), kills: 3, seed: 1 })
  expect(lost).toBeGreaterThan(0)
  expect(broken).toContainEqual(expect.stringMatching(/^durable: /))
})
