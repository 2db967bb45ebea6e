import { expect, inject, it } from 'vitest'
import { fuzzWorker } from '../../tools/fuzz/fuzz-worker.ts'

const FRAMES = 2_000

it('[FZ5] no frame over a socket stops the Worker or keeps honest people from each other’s messages', async () => {
  const bundle = inject('bundle')
  const fuzzed = await fuzzWorker(bundle, { seed: 1, frames: FRAMES, rooms: `${bundle.folder}/fuzz` })
  expect(fuzzed.broken).toEqual([])
  expect(fuzzed.frames).toBeGreaterThanOrEqual(FRAMES)
  expect(fuzzed.spoken).toBeGreaterThan(0)
  // Some frames made the Worker close their sender's socket.
  expect(fuzzed.closes).toBeGreaterThan(0)
})
