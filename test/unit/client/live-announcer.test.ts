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

function sent(seq: number, username: string, body = `word ${seq}`): TimelineItem {
  const message = { seq, id: `i${seq}`, by: username, username, body, time: 0, room: 'main' }
  return { kind: 'message', key: `k${seq}`, message, mine: username === 'Ann' }
}

function start() {
  const clock = new FakeClock()
  const announced: string[] = []
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
    announced.push(text)
    return () => {
      announced.push('(withdrawn)')
    }
  }
  startLiveAnnouncer({ view, announce, after: (ms, run) => clock.after(ms, run) })
  const show = (...timeline: TimelineItem[]) => {
    view.value = { ...view.value, self, timeline }
  }
  return { clock, announced, show }
}

test('[HE1] new messages are announced together, and history is not', async () => {
  const { clock, announced, show } = start()
  show(sent(1, 'Ben'), sent(2, 'Cy'))
  await clock.advance(5_000)
  show(sent(1, 'Ben'), sent(2, 'Cy'), sent(3, 'Ben'))
  show(sent(1, 'Ben'), sent(2, 'Cy'), sent(3, 'Ben'), sent(4, 'Cy'))
  await clock.advance(5_000)
  expect(announced).toEqual(['Ben: word 3 Cy: word 4'])
})

test('[HE2] the reader’s own messages and older history are not announced', async () => {
  const { clock, announced, show } = start()
  show(sent(5, 'Ben'))
  show(sent(1, 'Ben'), sent(5, 'Ben'), sent(6, 'Ann'))
  await clock.advance(5_000)
  expect(announced).toEqual([])
})

test('[HE3] more than three messages are announced as a count', async () => {
  const { clock, announced, show } = start()
  show()
  show(...[1, 2, 3, 4].map((seq) => sent(seq, seq % 2 ? 'Ben' : 'Cy')))
  await clock.advance(5_000)
  expect(announced).toEqual(['4 new messages from Ben and Cy'])
})

function deleted(seq: number, username: string): TimelineItem {
  const item = sent(seq, username, '')
  return item.kind === 'message' ? { ...item, message: { ...item.message, deleted: true } } : item
}

test('[HE4] a message that was edited or deleted before its announcement is announced as it is now, or not at all', async () => {
  const { clock, announced, show } = start()
  show()
  show(sent(1, 'Ben'))
  show(deleted(1, 'Ben'))
  await clock.advance(5_000)
  expect(announced).toEqual([])
  show(deleted(1, 'Ben'), sent(2, 'Ben'), sent(3, 'Cy'))
  show(deleted(1, 'Ben'), deleted(2, 'Ben'), sent(3, 'Cy', 'as it is now'))
  await clock.advance(5_000)
  expect(announced).toEqual(['Cy: as it is now'])
})

test('[HE5] an announcement is withdrawn when its message is edited or deleted', async () => {
  const { clock, announced, show } = start()
  show()
  show(sent(1, 'Ben'))
  await clock.advance(5_000)
  show(deleted(1, 'Ben'))
  expect(announced).toEqual(['Ben: word 1', '(withdrawn)'])
  show(deleted(1, 'Ben'), sent(2, 'Cy'))
  await clock.advance(5_000)
  show(deleted(1, 'Ben'), sent(2, 'Cy', 'another word'))
  show(deleted(1, 'Ben'), deleted(2, 'Cy'))
  expect(announced.slice(2)).toEqual(['Cy: word 2', '(withdrawn)'])
})
