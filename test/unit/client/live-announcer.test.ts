import { signal } from '@preact/signals'
import { expect, test } from 'vitest'
import { startLiveAnnouncer } from '../../../client/room/live-announcer.ts'
import type { SessionView, TimelineItem } from '../../../client/session/index.ts'
import { FakeClock } from '../session/fake-clock.ts'

const limits = {
  frameBytes: 1,
  bodyLength: 1,
  usernameLength: 1,
  topicLength: 1,
  historyPageMax: 1,
  rateBurst: 1,
  ratePerSecond: 1,
}
const self = {
  username: 'Ann',
  by: 'a',
  room: 'main',
  epoch: 'e',
  seq: 0,
  resumed: false,
  role: 'member',
  version: 1,
  limits,
} as const

function said(seq: number, username: string, body = `word ${seq}`): TimelineItem {
  const message = { seq, id: `i${seq}`, by: username, username, body, time: 0, room: 'main' }
  return { kind: 'message', key: `k${seq}`, message, mine: username === 'Ann' }
}

function listen() {
  const clock = new FakeClock()
  const heard: string[] = []
  const empty: SessionView = {
    status: { kind: 'live' },
    timeline: [],
    hasOlder: false,
    topic: '',
    people: [],
    online: 1,
    typing: [],
    presenceEvents: [],
    invitations: [],
  }
  const view = signal(empty)
  const announce = (text: string) => {
    heard.push(text)
    return () => {
      heard.push('(taken back)')
    }
  }
  startLiveAnnouncer({ view, announce, after: (ms, run) => clock.after(ms, run) })
  const show = (...timeline: TimelineItem[]) => {
    view.value = { ...view.value, self, timeline }
  }
  return { clock, heard, show }
}

test('[HE1] history is not announced, what comes after it is, gathered', async () => {
  const { clock, heard, show } = listen()
  show(said(1, 'Ben'), said(2, 'Cy'))
  await clock.advance(5_000)
  show(said(1, 'Ben'), said(2, 'Cy'), said(3, 'Ben'))
  show(said(1, 'Ben'), said(2, 'Cy'), said(3, 'Ben'), said(4, 'Cy'))
  await clock.advance(5_000)
  expect(heard).toEqual(['Ben: word 3 Cy: word 4'])
})

test('[HE2] one’s own words are not, and neither is older history that was loaded', async () => {
  const { clock, heard, show } = listen()
  show(said(5, 'Ben'))
  show(said(1, 'Ben'), said(5, 'Ben'), said(6, 'Ann'))
  await clock.advance(5_000)
  expect(heard).toEqual([])
})

test('[HE3] many are counted', async () => {
  const { clock, heard, show } = listen()
  show()
  show(...[1, 2, 3, 4].map((seq) => said(seq, seq % 2 ? 'Ben' : 'Cy')))
  await clock.advance(5_000)
  expect(heard).toEqual(['4 new messages from Ben and Cy'])
})

function deleted(seq: number, username: string): TimelineItem {
  const item = said(seq, username, '')
  return item.kind === 'message' ? { ...item, message: { ...item.message, deleted: true } } : item
}

test('[HE4] what was deleted or changed before it is announced is not announced as it was', async () => {
  const { clock, heard, show } = listen()
  show()
  show(said(1, 'Ben'))
  show(deleted(1, 'Ben'))
  await clock.advance(5_000)
  expect(heard).toEqual([])
  show(deleted(1, 'Ben'), said(2, 'Ben'), said(3, 'Cy'))
  show(deleted(1, 'Ben'), deleted(2, 'Ben'), said(3, 'Cy', 'as it is now'))
  await clock.advance(5_000)
  expect(heard).toEqual(['Cy: as it is now'])
})

test('[HE5] what is deleted or changed after it was announced stays in no announcement', async () => {
  const { clock, heard, show } = listen()
  show()
  show(said(1, 'Ben'))
  await clock.advance(5_000)
  show(deleted(1, 'Ben'))
  expect(heard).toEqual(['Ben: word 1', '(taken back)'])
  show(deleted(1, 'Ben'), said(2, 'Cy'))
  await clock.advance(5_000)
  show(deleted(1, 'Ben'), said(2, 'Cy', 'another word'))
  show(deleted(1, 'Ben'), deleted(2, 'Cy'))
  expect(heard.slice(2)).toEqual(['Cy: word 2', '(taken back)'])
})
