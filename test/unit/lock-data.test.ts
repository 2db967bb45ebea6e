import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { lockData } from '../../tools/serve/lock-data.mjs'

it('[SV10] of two servers that start at the same time, before either opens a room, one gets the folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hallway-lock-'))
  expect([lockData(folder), lockData(folder)]).toEqual([true, false])
  rmSync(folder, { recursive: true })
})
