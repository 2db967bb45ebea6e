import { expect, it } from 'vitest'
import {
  createHighlightQueue,
  HIGHLIGHT_MS,
  type HighlightMessage,
  type HighlightRequest,
  type HighlightWorker,
} from '../../../client/markdown/highlight-queue.ts'
import { FakeClock } from '../session/fake-clock.ts'

const HANGS = 'hangs'
/** A fast machine. */
const BEGUN = { paceMs: 5 }

/** A worker that answers at once, except for a text that it begins with and never ends. */
class FakeWorker implements HighlightWorker {
  readonly asked: string[] = []
  isTerminated = false
  readonly say: (message: HighlightMessage | 'failed') => void

  constructor(hear: (message: HighlightMessage | 'failed') => void) {
    this.say = (message) => {
      if (!this.isTerminated) hear(message)
    }
  }

  postMessage({ text }: HighlightRequest): void {
    this.asked.push(text)
    queueMicrotask(() => {
      this.say(BEGUN)
      if (text !== HANGS) this.say({ tokens: [{ text, kind: 'keyword' }] })
    })
  }

  terminate(): void {
    this.isTerminated = true
  }
}

function create(Kind = FakeWorker) {
  const clock = new FakeClock()
  const workers: FakeWorker[] = []
  const highlight = createHighlightQueue({
    startWorker(hear) {
      const worker = new Kind(hear)
      workers.push(worker)
      return worker
    },
    after: (ms, run) => clock.after(ms, run),
  })
  const ask = (text: string, isWanted = () => true) =>
    highlight({ language: 'c', text }, isWanted).then((tokens) => tokens?.map((token) => token.text).join(''))
  return { ask, clock, workers }
}

it('[HL9] one worker highlights all texts, one after the other', async () => {
  const { ask, workers } = create()
  expect(await Promise.all(['a', 'b', 'c'].map((text) => ask(text)))).toEqual(['a', 'b', 'c'])
  expect(workers.map(({ asked }) => asked)).toEqual([['a', 'b', 'c']])
})

it('[HL10] a text that takes too long stays plain, its worker ends, and each costs the next no more than its own time', async () => {
  const { ask, clock, workers } = create()
  const asked = Promise.all([HANGS, HANGS, 'a', HANGS, 'b'].map((text) => ask(text)))
  await clock.advance(HIGHLIGHT_MS.least - 1)
  expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([false])
  await clock.advance(1)
  expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true, false])
  await clock.advance(HIGHLIGHT_MS.least)
  expect(workers.map((worker) => worker.asked)).toEqual([[HANGS], [HANGS], ['a', HANGS]])
  await clock.advance(HIGHLIGHT_MS.least)
  expect(await asked).toEqual([undefined, undefined, 'a', undefined, 'b'])
  expect(workers.map((worker) => worker.asked)).toEqual([[HANGS], [HANGS], ['a', HANGS], ['b']])
  expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true, true, true, false])
})

it('[HL11] an answer in time stops the waiting, and loading the worker does not count', async () => {
  const { ask, clock, workers } = create(
    class extends FakeWorker {
      override postMessage(): void {}
    },
  )
  const asked = ask('a')
  await clock.advance(60_000)
  expect(workers[0]?.isTerminated).toBe(false)
  workers[0]?.say(BEGUN)
  await clock.advance(HIGHLIGHT_MS.least - 1)
  workers[0]?.say({ tokens: [{ text: 'a', kind: undefined }] })
  expect(await asked).toBe('a')
  await clock.advance(HIGHLIGHT_MS.least)
  expect(workers[0]?.isTerminated).toBe(false)
})

it('[HL12] if a worker cannot be loaded, the text stays plain and the next text starts another worker', async () => {
  let isThere = false
  const { ask, workers } = create(
    class extends FakeWorker {
      override postMessage(request: HighlightRequest): void {
        if (isThere) super.postMessage(request)
        else queueMicrotask(() => this.say('failed'))
      }
    },
  )
  expect(await ask('a')).toBeUndefined()
  isThere = true
  expect(await ask('b')).toBe('b')
  expect(workers).toHaveLength(2)
})

it('[HL13] a text that is no longer needed by its turn is skipped', async () => {
  const { ask, workers } = create()
  const first = ask('a')
  expect(await ask('b', () => false)).toBeUndefined()
  expect(await first).toBe('a')
  expect(workers[0]?.asked).toEqual(['a'])
})

it.each([
  [5, 100],
  [100, 400],
  [60_000, 1_000],
])('[HL14] a machine that takes %i ms to compile a grammar has %i ms for a text', async (paceMs, ms) => {
  const { ask, clock, workers } = create(
    class extends FakeWorker {
      override postMessage(): void {
        this.say({ paceMs })
      }
    },
  )
  ask('a')
  await clock.advance(ms - 1)
  expect(workers[0]?.isTerminated).toBe(false)
  await clock.advance(1)
  expect(workers[0]?.isTerminated).toBe(true)
})
