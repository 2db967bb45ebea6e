import { batch, signal } from '@preact/signals'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createUnreadPosition } from '../../../client/room/unread-position.ts'
import type { TimelineItem } from '../../../client/session/index.ts'
import { dropReadMarker, readMarkerOf, saveReadMarker } from '../../../client/storage/read-markers.ts'
import type { Joined } from '../../../src/protocol/server-frames.ts'

const ROOM = 'kitchen'

function message(seq: number, mine = false): TimelineItem {
  const sent = { seq, id: `${seq}`, by: mine ? 'me' : 'ben', username: 'x', body: 'x', time: seq, room: ROOM }
  return { kind: 'message', key: `${seq}`, message: sent, mine }
}

let markers: number[]
let stop: () => void

interface Options {
  read?: number
  upTo?: number
  from?: number
  blocked?: string[]
}

function create({ read, upTo = 10, from = 1, blocked }: Options = {}) {
  const self = signal<Joined | undefined>(undefined)
  const timeline = signal<readonly TimelineItem[]>([])
  const hasOlder = signal(from > 1)
  const newestSeq = signal(0)
  const isAtPresent = signal(true)
  const isVisible = signal(true)
  const session = { read: (seq: number) => void markers.push(seq) }
  const unread = createUnreadPosition({
    room: ROOM,
    session,
    self,
    timeline,
    hasOlder,
    newestSeq,
    isAtPresent,
    isVisible,
  })
  stop = unread.dispose
  const say = (seq: number, mine = false) => {
    batch(() => {
      timeline.value = [...timeline.value, message(seq, mine)]
      newestSeq.value = seq
    })
  }
  batch(() => {
    self.value = {
      seq: upTo,
      ...(read === undefined ? {} : { read }),
      ...(blocked === undefined ? {} : { blocked }),
    } as Joined
    timeline.value = Array.from({ length: upTo - from + 1 }, (_, at) => message(from + at))
    newestSeq.value = upTo
  })
  return { ...unread, say, isAtPresent, isVisible }
}

beforeEach(() => {
  markers = []
  dropReadMarker(ROOM)
})
afterEach(() => stop())

test('[UN1] a new visitor has no unread messages', () => {
  const { mark, count } = create()
  expect([mark.value, count.value, readMarkerOf(ROOM), markers.at(-1)]).toEqual([undefined, 0, 10, 10])
})

test('[UN8] messages of blocked people do not count as unread', () => {
  const { first, count } = create({ read: 4, blocked: ['ben'] })
  expect([first.value, count.value]).toEqual([undefined, 0])
})

test('[UN7] everything is unread to a visitor who was here while the room was empty', () => {
  create({ upTo: 0 })
  expect(readMarkerOf(ROOM)).toBe(0)
  stop()
  const { mark, count } = create({ upTo: 3 })
  expect([mark.value, count.value]).toEqual([0, 3])
})

test('[UN2] unread begins after the read marker of this device or another, whichever is further', () => {
  saveReadMarker(ROOM, 4)
  const { mark, count, first, isSeen } = create({ read: 7 })
  expect([mark.value, count.value, first.value, isSeen.value]).toEqual([7, 3, 8, false])
})

test('[UN3] the line stays while the reader reads, and the count grows with new messages', () => {
  saveReadMarker(ROOM, 8)
  const { mark, count, say } = create()
  say(11)
  say(12, true)
  expect([mark.value, count.value, readMarkerOf(ROOM)]).toEqual([8, 3, 12])
})

test('[UN4] looking away from the present moves the line there, and looking away from above does not', () => {
  const { mark, count, say, isVisible, isAtPresent } = create()
  isVisible.value = false
  say(11)
  expect([mark.value, count.value, readMarkerOf(ROOM)]).toEqual([10, 1, 10])
  isVisible.value = true
  expect([mark.value, readMarkerOf(ROOM)]).toEqual([10, 11])
  isAtPresent.value = false
  say(12)
  isVisible.value = false
  expect([mark.value, readMarkerOf(ROOM)]).toEqual([10, 11])
})

test('[UN5] a room that was erased and begun again has no unread messages', () => {
  saveReadMarker(ROOM, 400)
  const { mark, count } = create()
  expect([mark.value, count.value, readMarkerOf(ROOM)]).toEqual([undefined, 0, 10])
})

test('[UN6] more messages may be unread than are loaded', () => {
  saveReadMarker(ROOM, 3)
  expect(create({ from: 6 }).isMore.value).toBe(true)
  stop()
  dropReadMarker(ROOM)
  saveReadMarker(ROOM, 5)
  expect(create({ from: 6 }).isMore.value).toBe(false)
})
