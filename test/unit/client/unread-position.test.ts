import { batch, signal } from '@preact/signals'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createUnreadPosition } from '../../../client/room/unread-position.ts'
import type { TimelineItem } from '../../../client/session/index.ts'
import { dropReadMarker, readMarkerOf, saveReadMarker } from '../../../client/storage/read-markers.ts'
import type { Joined } from '../../../src/protocol/server-frames.ts'

const ROOM = 'kitchen'

function message(seq: number, mine = false): TimelineItem {
  const said = { seq, id: `${seq}`, by: mine ? 'me' : 'ben', username: 'x', body: 'x', time: seq, room: ROOM }
  return { kind: 'message', key: `${seq}`, message: said, mine }
}

let told: number[]
let stop: () => void

interface Opened {
  read?: number
  upTo?: number
  from?: number
  blocked?: string[]
}

function opened({ read, upTo = 10, from = 1, blocked }: Opened = {}) {
  const self = signal<Joined | undefined>(undefined)
  const timeline = signal<readonly TimelineItem[]>([])
  const hasOlder = signal(from > 1)
  const newestSeq = signal(0)
  const isAtPresent = signal(true)
  const isVisible = signal(true)
  const session = { read: (seq: number) => void told.push(seq) }
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
  told = []
  dropReadMarker(ROOM)
})
afterEach(() => stop())

test('[UN1] is nothing to whoever was never here, who has read what they see', () => {
  const { mark, count } = opened()
  expect([mark.value, count.value, readMarkerOf(ROOM), told.at(-1)]).toEqual([undefined, 0, 10, 10])
})

test('[UN8] is not what those said whom one blocked', () => {
  const { first, count } = opened({ read: 4, blocked: ['ben'] })
  expect([first.value, count.value]).toEqual([undefined, 0])
})

test('[UN7] is everything to whoever was here while nothing had been said', () => {
  opened({ upTo: 0 })
  expect(readMarkerOf(ROOM)).toBe(0)
  stop()
  const { mark, count } = opened({ upTo: 3 })
  expect([mark.value, count.value]).toEqual([0, 3])
})

test('[UN2] is what came since one read last, here or on another device, whichever is further', () => {
  saveReadMarker(ROOM, 4)
  const { mark, count, first, isSeen } = opened({ read: 7 })
  expect([mark.value, count.value, first.value, isSeen.value]).toEqual([7, 3, 8, false])
})

test('[UN3] stays as it was while one reads, and is more where more comes', () => {
  saveReadMarker(ROOM, 8)
  const { mark, count, say } = opened()
  say(11)
  say(12, true)
  expect([mark.value, count.value, readMarkerOf(ROOM)]).toEqual([8, 3, 12])
})

test('[UN4] begins anew when one looks away from the present, and goes on where one reads above', () => {
  const { mark, count, say, isVisible, isAtPresent } = opened()
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

test('[UN5] is of no room that has begun anew', () => {
  saveReadMarker(ROOM, 400)
  const { mark, count } = opened()
  expect([mark.value, count.value, readMarkerOf(ROOM)]).toEqual([undefined, 0, 10])
})

test('[UN6] may be more than what is loaded of it', () => {
  saveReadMarker(ROOM, 3)
  expect(opened({ from: 6 }).isMore.value).toBe(true)
  stop()
  dropReadMarker(ROOM)
  saveReadMarker(ROOM, 5)
  expect(opened({ from: 6 }).isMore.value).toBe(false)
})
