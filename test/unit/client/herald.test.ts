import { signal } from '@preact/signals'
import { expect, test } from 'vitest'
import { startHerald } from '../../../client/room/herald.ts'
import type { SessionView, TimelineItem } from '../../../client/session/types.ts'
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
  role: '',
  version: 1,
  limits,
}

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
    invitations: [],
  }
  const view = signal(empty)
  startHerald({ view, announce: (text) => heard.push(text), after: (ms, run) => clock.after(ms, run) })
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
