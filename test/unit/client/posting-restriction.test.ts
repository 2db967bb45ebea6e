import { signal } from '@preact/signals'
import { expect, test } from 'vitest'
import { createPostingRestriction } from '../../../client/room/composer/posting-restriction.ts'
import type { TimelineItem } from '../../../client/session/index.ts'
import type { Joined } from '../../../src/protocol/server-frames.ts'
import { FakeClock } from '../session/fake-clock.ts'

const NOW = 1_000_000

const said = (time: number, mine = true): TimelineItem => ({
  kind: 'message',
  key: `${time}`,
  mine,
  message: { seq: time, id: `${time}`, by: mine ? 'a' : 'b', username: 'x', body: 'x', time, room: 'r' },
})
const waiting: TimelineItem = { kind: 'pending', key: 'p', id: 'p', body: 'x', time: NOW }

function hushed(about: Partial<Joined>, ...items: TimelineItem[]) {
  const clock = new FakeClock(NOW)
  const self = signal<Joined | undefined>({ role: 'member', ...about } as Joined)
  const timeline = signal<readonly TimelineItem[]>(items)
  return { ...createPostingRestriction({ self, timeline, clock }), clock, self, timeline }
}

test('[HU1] in a room that is slowed down the time that is left is counted down, from what one said oneself', async () => {
  const { current, clock, timeline } = hushed({ slowMs: 5_000 }, said(NOW - 1_000), said(NOW, false))
  expect(current.value).toEqual({ kind: 'slow', seconds: 4, isWaiting: false })
  timeline.value = [...timeline.value, waiting]
  await clock.advance(1_000)
  expect(current.value).toEqual({ kind: 'slow', seconds: 3, isWaiting: true })
  await clock.advance(3_000)
  expect(current.value).toBeUndefined()
  expect(clock.pending).toBe(0)
})

test('[HU2] what one says begins it anew, and a server whose clock is ahead makes it no longer', async () => {
  const { current, timeline } = hushed({ slowMs: 5_000 })
  expect(current.value).toBeUndefined()
  timeline.value = [said(NOW + 60_000)]
  expect(current.value).toEqual({ kind: 'slow', seconds: 5, isWaiting: false })
})

test('[HU3] those who look after the room are not slowed down', () => {
  expect(hushed({ slowMs: 5_000, role: 'moderator' }, said(NOW)).current.value).toBeUndefined()
})

test('[HU4] who is muted knows until when, and who only reads that it is so', async () => {
  const { current, self, clock } = hushed({ mutedUntil: NOW + 10_000 })
  expect(current.value).toEqual({ kind: 'muted', until: NOW + 10_000 })
  await clock.advance(10_000)
  expect(current.value).toBeUndefined()
  self.value = { role: 'reader' } as Joined
  expect(current.value).toEqual({ kind: 'reader' })
})

test('[HU5] a mute that is taken back is over at once', () => {
  const { current, self } = hushed({ mutedUntil: NOW + 10_000 })
  self.value = { role: 'member' } as Joined
  expect(current.value).toBeUndefined()
})

test('[HU6] nothing is counted once the room is left', async () => {
  const { clock, dispose } = hushed({ mutedUntil: NOW + 10_000 })
  dispose()
  expect(clock.pending).toBe(0)
})
