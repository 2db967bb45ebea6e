import { signal } from '@preact/signals'
import { expect, test } from 'vitest'
import { createConnectionLine } from '../../../client/room/connection-line.ts'
import type { Status } from '../../../client/session/index.ts'
import { FakeClock } from '../session/fake-clock.ts'

const waiting: Status = { kind: 'waiting', retryAt: 0, attempt: 1 }

function line(first: Status) {
  const clock = new FakeClock()
  const status = signal<Status>(first)
  const said: string[] = []
  const isBack = () => said.push('back')
  return { clock, status, said, ...createConnectionLine(status, (ms, run) => clock.after(ms, run), isBack) }
}

test('[CN1] that one is offline is said at once, and no longer when one is back', () => {
  const { word, status } = line({ kind: 'offline' })
  expect(word.value).toBe('offline')
  status.value = { kind: 'live' }
  expect(word.value).toBeUndefined()
})

test('[CN2] a connection that is away is spoken of after five seconds, whatever it tries meanwhile', async () => {
  const { word, status, clock } = line(waiting)
  await clock.advance(3_000)
  status.value = { kind: 'connecting', attempt: 2 }
  await clock.advance(1_999)
  expect(word.value).toBeUndefined()
  await clock.advance(1)
  expect(word.value).toBe('reconnecting')
  status.value = { kind: 'resuming' }
  expect(word.value).toBe('catching-up')
})

test('[CN3] a flicker is not spoken of, and does not count for the next one', async () => {
  const { word, status, clock } = line(waiting)
  await clock.advance(4_999)
  status.value = { kind: 'live' }
  status.value = waiting
  await clock.advance(4_999)
  expect(word.value).toBeUndefined()
})

test('[CN4] that one is back is told once, and only where it was said that one was away', async () => {
  const { said, status, clock } = line(waiting)
  status.value = { kind: 'live' }
  expect(said).toEqual([])
  status.value = waiting
  await clock.advance(5_000)
  status.value = { kind: 'resuming' }
  expect(said).toEqual([])
  status.value = { kind: 'live' }
  expect(said).toEqual(['back'])
})
