import { expect, inject, it } from 'vitest'
import { fuzzWorker } from '../../tools/fuzz/fuzz-worker.ts'

const FRAMES = 2_000

it('[FZ5] whatever is sent to the Worker over sockets, it lives on, and honest people hear each other', async () => {
  const bundle = inject('bundle')
  const fuzzed = await fuzzWorker(bundle, { seed: 1, frames: FRAMES, rooms: `${bundle.folder}/fuzz` })
  expect(fuzzed.broken).toEqual([])
  expect(fuzzed.frames).toBeGreaterThanOrEqual(FRAMES)
  expect(fuzzed.spoken).toBeGreaterThan(0)
  // Some of what was sent had its sender shown out.
  expect(fuzzed.closes).toBeGreaterThan(0)
})
