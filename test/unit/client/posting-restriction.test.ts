import { signal } from '@preact/signals'
import { expect, test } from 'vitest'
import { createPostingRestriction } from '../../../client/room/composer/posting-restriction.ts'
import type { TimelineItem } from '../../../client/session/index.ts'
import type { Joined } from '../../../src/protocol/server-frames.ts'
import { FakeClock } from '../session/fake-clock.ts'

const NOW = 1_000_000

const sent = (time: number, mine = true): TimelineItem => ({
  kind: 'message',
  key: `${time}`,
  mine,
  message: { seq: time, id: `${time}`, by: mine ? 'a' : 'b', username: 'x', body: 'x', time, room: 'r' },
})
const pending: TimelineItem = { kind: 'pending', key: 'p', id: 'p', body: 'x', time: NOW }

function create(about: Partial<Joined>, ...items: TimelineItem[]) {
  const clock = new FakeClock(NOW)
  const self = signal<Joined | undefined>({ role: 'member', ...about } as Joined)
  const timeline = signal<readonly TimelineItem[]>(items)
  return { ...createPostingRestriction({ self, timeline, clock }), clock, self, timeline }
}

test('[HU1] slow mode counts down from the person’s own last message', async () => {
  const { current, clock, timeline } = create({ slowMs: 5_000 }, sent(NOW - 1_000), sent(NOW, false))
  expect(current.value).toEqual({ kind: 'slow', seconds: 4, isWaiting: false })
  timeline.value = [...timeline.value, pending]
  await clock.advance(1_000)
  expect(current.value).toEqual({ kind: 'slow', seconds: 3, isWaiting: true })
  await clock.advance(3_000)
  expect(current.value).toBeUndefined()
  expect(clock.pending).toBe(0)
})

test('[HU2] each own message starts the countdown again, and a server clock that is ahead does not lengthen it', async () => {
  const { current, timeline } = create({ slowMs: 5_000 })
  expect(current.value).toBeUndefined()
  timeline.value = [sent(NOW + 60_000)]
  expect(current.value).toEqual({ kind: 'slow', seconds: 5, isWaiting: false })
})

test('[HU3] slow mode does not hold for moderators', () => {
  expect(create({ slowMs: 5_000, role: 'moderator' }, sent(NOW)).current.value).toBeUndefined()
})

test('[HU4] a muted person sees until when, and a reader that they cannot post', async () => {
  const { current, self, clock } = create({ mutedUntil: NOW + 10_000 })
  expect(current.value).toEqual({ kind: 'muted', until: NOW + 10_000 })
  await clock.advance(10_000)
  expect(current.value).toBeUndefined()
  self.value = { role: 'reader' } as Joined
  expect(current.value).toEqual({ kind: 'reader' })
})

test('[HU5] an unmute lifts the restriction at once', () => {
  const { current, self } = create({ mutedUntil: NOW + 10_000 })
  self.value = { role: 'member' } as Joined
  expect(current.value).toBeUndefined()
})

test('[HU6] leaving the room stops the countdown', async () => {
  const { clock, dispose } = create({ mutedUntil: NOW + 10_000 })
  dispose()
  expect(clock.pending).toBe(0)
})
