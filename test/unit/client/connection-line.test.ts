import { signal } from '@preact/signals'
import { expect, test } from 'vitest'
import { createConnectionLine } from '../../../client/room/connection-line.ts'
import type { Status } from '../../../client/session/index.ts'
import { FakeClock } from '../session/fake-clock.ts'

const waiting: Status = { kind: 'waiting', retryAt: 0, attempt: 1 }

function create(first: Status) {
  const clock = new FakeClock()
  const status = signal<Status>(first)
  const announced: string[] = []
  const onBack = () => announced.push('back')
  return {
    clock,
    status,
    announced,
    ...createConnectionLine(status, (ms, run) => clock.after(ms, run), onBack),
  }
}

test('[CN1] offline shows at once, and goes when the connection is back', () => {
  const { word, status } = create({ kind: 'offline' })
  expect(word.value).toBe('offline')
  status.value = { kind: 'live' }
  expect(word.value).toBeUndefined()
})

test('[CN2] a lost connection shows after five seconds, whatever it tries meanwhile', async () => {
  const { word, status, clock } = create(waiting)
  await clock.advance(3_000)
  status.value = { kind: 'connecting', attempt: 2 }
  await clock.advance(1_999)
  expect(word.value).toBeUndefined()
  await clock.advance(1)
  expect(word.value).toBe('reconnecting')
  status.value = { kind: 'resuming' }
  expect(word.value).toBe('catching-up')
})

test('[CN3] a short break does not show, and does not count towards the next one', async () => {
  const { word, status, clock } = create(waiting)
  await clock.advance(4_999)
  status.value = { kind: 'live' }
  status.value = waiting
  await clock.advance(4_999)
  expect(word.value).toBeUndefined()
})

test('[CN4] the return is announced once, and only if the break was shown', async () => {
  const { announced, status, clock } = create(waiting)
  status.value = { kind: 'live' }
  expect(announced).toEqual([])
  status.value = waiting
  await clock.advance(5_000)
  status.value = { kind: 'resuming' }
  expect(announced).toEqual([])
  status.value = { kind: 'live' }
  expect(announced).toEqual(['back'])
})

test('[CN5] a room that is full or unavailable says so, also during the next attempt, until it lets them in', async () => {
  const { word, status, clock } = create(waiting)
  await clock.advance(5_000)
  const steps: [Status, string | undefined][] = [
    [{ ...waiting, code: 'room-full' }, 'full'],
    [{ kind: 'connecting', attempt: 2 }, 'full'],
    [waiting, 'full'],
    [{ ...waiting, code: 'unavailable' }, 'unavailable'],
    [{ kind: 'connecting', attempt: 3 }, 'unavailable'],
    [{ ...waiting, code: 'unavailable', until: 1 }, 'used-up'],
    [waiting, 'used-up'],
    [{ ...waiting, code: 'internal' }, 'reconnecting'],
    [{ ...waiting, code: 'room-full' }, 'full'],
    [{ kind: 'resuming' }, 'catching-up'],
    [{ kind: 'live' }, undefined],
  ]
  for (const [next, shown] of steps) {
    status.value = next
    expect([next, word.value]).toEqual([next, shown])
  }
})
