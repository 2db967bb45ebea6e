import { signal } from '@preact/signals'
import { beforeEach, describe, expect, it } from 'vitest'
import { unreadAbove } from '../../../client/notifications/count-unread.ts'
import { unreadCountOf } from '../../../client/notifications/unread-words.ts'
import {
  type BackgroundSessionsDeps,
  createBackgroundSessions,
  roomsToWatch,
} from '../../../client/rooms/background-sessions.ts'
import { createRecentlyVisible } from '../../../client/rooms/recently-visible.ts'
import { listRooms, listWaiting, sumOf } from '../../../client/rooms/room-list.ts'
import { summariseRoom } from '../../../client/rooms/summarise-room.ts'
import { switcherOptionsOf } from '../../../client/rooms/switcher-choices.ts'
import type { SessionView, TimelineItem } from '../../../client/session/index.ts'
import type { RecentRoom } from '../../../client/storage/recent-rooms.ts'
import {
  parseSummaries,
  type RoomSummaries,
  withoutInvitation,
} from '../../../client/storage/room-summaries.ts'
import type { Joined } from '../../../src/protocol/server-frames.ts'
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
const joined = (seq: number, resumed = false): Joined => ({
  username: 'Ann',
  by: 'a',
  room: 'main',
  epoch: 'e',
  seq,
  resumed,
  role: 'member',
  version: 1,
  limits,
})
const sent = (seq: number, username = 'Ben', body = `word ${seq}`, deleted = false): TimelineItem => ({
  kind: 'message',
  key: `k${seq}`,
  message: { seq, id: `i${seq}`, by: username, username, body, time: 0, room: 'main', deleted },
  mine: username === 'Ann',
})
const viewOf = (part: Partial<SessionView> = {}): SessionView => ({
  status: { kind: 'live' },
  timeline: [],
  hasOlder: false,
  topic: '',
  people: [],
  online: 1,
  typing: [],
  presenceEvents: [],
  invitations: [],
  ...part,
})
const visits = (...names: string[]): RecentRoom[] => names.map((room) => ({ room, username: 'Ann' }))
const invitation = (username: string, room: string) => ({
  username,
  username2: 'Ann',
  room,
  url: '',
  created: true,
  joined: false,
})

describe('what is unread', () => {
  const of = (items: TimelineItem[], place: number, hasOlder = false) =>
    unreadAbove({ self: joined(0), timeline: items, people: [], hasOlder }, place)

  it('[RM1] unread are the messages of others after the read marker, without deleted ones', () => {
    const items = [sent(1), sent(2), sent(3, 'Ann'), sent(4, 'Ben', '', true), sent(5)]
    expect(of(items, 1)).toEqual({ count: 2, more: false, called: false, upTo: 5 })
    expect(of(items, 5)).toBeUndefined()
    expect(of([sent(3, 'Ann')], 0)).toBeUndefined()
  })

  it('[RM30] messages of blocked people are not unread, even if they mention the reader', () => {
    const self = { ...joined(0), blocked: ['Cem'] }
    const items = [sent(1), sent(2, 'Cem', '@Ann hello'), sent(3)]
    expect(unreadAbove({ self, timeline: items, people: [], hasOlder: false }, 0)).toEqual({
      count: 2,
      more: false,
      called: false,
      upTo: 3,
    })
    expect(unreadAbove({ self, timeline: [sent(2, 'Cem')], people: [], hasOlder: false }, 0)).toBeUndefined()
  })

  it('[RM2] only an unread message counts as a mention', () => {
    const items = [sent(1, 'Ben', 'hello @ann'), sent(2)]
    expect(of(items, 0)?.called).toBe(true)
    expect(of([sent(1), sent(2, 'Ben', 'and @Ann'), sent(3)], 0)?.called).toBe(true)
    expect(of(items, 1)?.called).toBe(false)
    expect(of([...items, sent(3, 'Ann', 'I am @Ann')], 1)?.called).toBe(false)
  })

  it('[RM3] the badge shows when more may be unread than was counted', () => {
    const items = [sent(7), sent(8)]
    expect(of(items, 2, true)?.more).toBe(true)
    expect(of(items, 7, true)?.more).toBe(false)
    expect(of(items, 2)?.more).toBe(false)
    const unread = { count: 8, more: false, called: false, upTo: 9 }
    expect([unread, { ...unread, more: true }, { ...unread, count: 120 }].map(unreadCountOf)).toEqual([
      '8',
      '8+',
      '99+',
    ])
  })
})

describe('the list of rooms', () => {
  const unread = { count: 2, more: false, called: true, upTo: 9 }
  const summaries: RoomSummaries = {
    yard: { unread, waiting: [{ home: 'yard', room: 'two', from: 'Ben' }] },
    hall: { unread, waiting: [{ home: 'hall', room: 'two', from: 'Ben' }] },
  }
  const list = (places: Record<string, number> = {}) =>
    listRooms({ recent: visits('hall', 'yard'), summaries, here: 'hall', placeOf: (room) => places[room] })

  it('[RM4] rooms have counts, except the open one and those read elsewhere meanwhile', () => {
    expect(list().map((one) => [one.room, one.isOpen, one.unread?.count])).toEqual([
      ['hall', true, undefined],
      ['yard', false, 2],
    ])
    expect(list({ yard: 8 })[1]?.unread).toEqual(unread)
    expect(list({ yard: 9 })[1]?.unread).toBeUndefined()
  })

  it('[RM5] each room has one invitation, and the open room none', () => {
    const own = [{ home: 'hall', room: 'three', from: 'Cy' }]
    expect(listWaiting(summaries, own, 'hall').map(({ room }) => room)).toEqual(['two', 'three'])
    expect(listWaiting(summaries, own, 'two').map(({ room }) => room)).toEqual(['three'])
    expect(listWaiting(withoutInvitation(summaries, 'two'), own, 'hall')).toEqual(own)
    expect(withoutInvitation(summaries, 'two').yard?.unread).toEqual(unread)
  })

  it('[RM6] the sum of other rooms counts an invitation as a mention', () => {
    expect(sumOf(list({ yard: 9 }), [])).toBeUndefined()
    expect(sumOf(list(), [])).toMatchObject({ count: 2, called: true })
    const waiting = [{ home: 'hall', room: 'three', from: 'Cy' }]
    expect(sumOf([], waiting)).toMatchObject({ count: 1, called: true })
  })

  it('[RM7] stored summaries that make no sense are ignored', () => {
    expect(parseSummaries(JSON.stringify(summaries))).toEqual(summaries)
    for (const text of [undefined, '', '7', '[]', 'null', '{"a":7}']) expect(parseSummaries(text)).toEqual({})
    expect(parseSummaries('{"a":{"unread":{"count":"7"},"waiting":[{"room":1},3]}}')).toEqual({
      a: { waiting: [] },
    })
  })
})

describe('the switcher', () => {
  const rooms = listRooms({
    recent: [
      ...visits('hall', 'small-yard', 'yard-sale', 'yard'),
      { room: 'q'.repeat(26), username: 'Ann', companion: 'Yara' },
    ],
    summaries: {},
    here: 'hall',
    placeOf: () => undefined,
  })
  const find = (typed: string) => switcherOptionsOf(rooms, typed).map(({ kind, room }) => `${kind} ${room}`)

  it('[RM8] the switcher offers the other rooms, the latest first, and filters by the typed text', () => {
    expect(find('')).toEqual(['known small-yard', 'known yard-sale', 'known yard', `known ${'q'.repeat(26)}`])
    expect(find(' YAR ')).toEqual([
      'known yard-sale',
      'known yard',
      `known ${'q'.repeat(26)}`,
      'known small-yard',
      'new yar',
    ])
  })

  it('[RM21] without typed text a private room is offered like any other', () => {
    const pair = { room: 'q'.repeat(26), username: 'Ann', companion: 'Yara' }
    const recent = [...visits('hall'), pair, ...visits('yard')]
    const listed = listRooms({ recent, summaries: {}, here: 'hall', placeOf: () => undefined })
    expect(switcherOptionsOf(listed, '').map(({ room }) => room)).toEqual(['q'.repeat(26), 'yard'])
  })

  it('[RM9] a room with exactly the typed name comes first, and any name can be opened', () => {
    expect(find('yard')[0]).toBe('known yard')
    expect(find('yard')).not.toContain('new yard')
    expect(find('Cellar')).toEqual(['new cellar'])
    expect(find('no such room!')).toEqual([])
    expect(find('hall')).toEqual([])
  })

  it('[RL8] a pasted link offers its room, and keeps what its # says', () => {
    const paste = (text: string) => switcherOptionsOf(rooms, text, 'hallway.example')
    expect(paste('https://hallway.example/r/cellar#k=S-e_c')).toEqual([
      { kind: 'new', room: 'cellar', fragment: '#k=S-e_c' },
    ])
    expect(paste('https://hallway.example/r/Yard/#m=3')[0]).toMatchObject({
      kind: 'known',
      room: 'yard',
      fragment: '#m=3',
    })
    expect(paste('https://elsewhere.example/r/yard')).toEqual([])
  })
})

it('[RM10] rooms are watched for a while after the page is hidden, and again when it is shown', async () => {
  const clock = new FakeClock()
  const visible = signal(true)
  const attended = createRecentlyVisible(visible, (ms, run) => clock.after(ms, run))
  visible.value = false
  await clock.advance(4 * 60_000)
  visible.value = true
  visible.value = false
  await clock.advance(4 * 60_000)
  expect(attended.value).toBe(true)
  await clock.advance(60_000)
  expect(attended.value).toBe(false)
  visible.value = true
  expect(attended.value).toBe(true)
})

describe('watching', () => {
  let recent = signal<readonly RecentRoom[]>([])
  let here = signal<string | undefined>(undefined)
  let open = signal<ReturnType<BackgroundSessionsDeps['open']>>(undefined)
  let isLeader = signal(true)
  let summaries = signal<RoomSummaries>({})
  let places: Record<string, number>
  let connected: string[]
  let live: Map<string, { show(part: Partial<SessionView>): void; dismissed: string[] }>

  beforeEach(() => {
    recent = signal(visits('hall', 'yard', 'shed'))
    here = signal<string | undefined>('hall')
    open = signal<ReturnType<BackgroundSessionsDeps['open']>>(undefined)
    isLeader = signal(true)
    summaries = signal<RoomSummaries>({})
    places = { hall: 0, yard: 0, shed: 0 }
    connected = []
    live = new Map()
  })

  const begin = () =>
    createBackgroundSessions({
      recent: () => recent.value,
      here: () => here.value,
      open: () => open.value,
      isLeader: () => isLeader.value,
      connect({ room }) {
        let view = viewOf()
        let tell = () => {}
        const dismissed: string[] = []
        connected.push(room)
        const show = (part: Partial<SessionView>) => {
          view = { ...view, ...part }
          tell()
        }
        const one = { show, dismissed }
        live.set(room, one)
        const session = {
          get view() {
            return view
          },
          subscribe(listener: () => void) {
            tell = listener
            return () => {
              tell = () => {}
            }
          },
          dismiss: (invited: string) => dismissed.push(invited),
        }
        const end = () => live.get(room) === one && live.delete(room)
        return { session, end }
      },
      placeOf: (room) => places[room],
      beginAt(room, seq) {
        places[room] = seq
      },
      summaries: () => summaries.value,
      saveSummaries: (newest) => {
        summaries.value = newest
      },
    })
  const show = (room: string, part: Partial<SessionView>) => live.get(room)?.show(part)
  const count = (room: string) => summaries.value[room]?.unread?.count

  it('[RM11] the eight latest rooms that are not open are watched', () => {
    const names = Array.from({ length: 12 }, (_, n) => `r${n}`)
    const wanted = roomsToWatch(visits(...names), 'r1', new Set(['r2']))
    expect(wanted.map(({ room }) => room)).toEqual(['r0', 'r3', 'r4', 'r5', 'r6', 'r7', 'r8', 'r9'])
  })

  it('[RM12] going from room to room keeps the connections of the others', () => {
    begin()
    expect(connected).toEqual(['yard', 'shed'])
    here.value = 'yard'
    recent.value = visits('yard', 'hall', 'shed')
    expect(connected).toEqual(['yard', 'shed', 'hall'])
    expect([...live.keys()].sort()).toEqual(['hall', 'shed'])
  })

  it('[RM13] only the leader tab watches rooms, and stops when it no longer is', () => {
    isLeader.value = false
    begin()
    expect(connected).toEqual([])
    isLeader.value = true
    expect(live.size).toBe(2)
    isLeader.value = false
    expect(live.size).toBe(0)
  })

  it('[RM14] unread summaries come from the watched sessions, and for the open room from its own', () => {
    begin()
    show('yard', { self: joined(0), timeline: [sent(1), sent(2)] })
    expect(count('yard')).toBe(2)
    open.value = {
      room: 'hall',
      session: { dismiss: () => {} },
      view: signal(viewOf({ self: joined(0), timeline: [sent(1)] })),
    }
    expect(count('hall')).toBe(1)
  })

  it('[RM15] a room keeps its last summary until its session has joined', () => {
    const unread = { count: 3, more: false, called: false, upTo: 9 }
    summaries.value = { yard: { unread, waiting: [] }, gone: { unread, waiting: [] } }
    begin()
    expect(count('yard')).toBe(3)
    expect(summaries.value.gone).toBeUndefined()
    show('yard', { self: joined(9), timeline: [sent(9)] })
    expect(count('yard')).toBe(1)
  })

  it('[RM16] a room that refused the connection is not tried again until it is visited', () => {
    begin()
    show('yard', { status: { kind: 'fatal', code: 'forbidden', message: '' } })
    expect([...live.keys()]).toEqual(['shed'])
    recent.value = visits('hall', 'yard', 'shed')
    expect(connected).toEqual(['yard', 'shed'])
    here.value = 'yard'
    here.value = 'hall'
    expect(live.has('yard')).toBe(true)
  })

  it('[RM17] without a read marker, or in a room begun again, counting starts at the present', () => {
    delete places.yard
    places.shed = 40
    begin()
    show('yard', { self: joined(7), timeline: [sent(7)] })
    show('shed', { self: joined(3), timeline: [sent(3)] })
    expect([places.yard, places.shed]).toEqual([7, 3])
    expect([count('yard'), count('shed')]).toEqual([undefined, undefined])
  })

  it('[RM18] a session with a long timeline is replaced, and no count is lost', () => {
    begin()
    show('yard', { self: joined(0), timeline: Array.from({ length: 401 }, (_, n) => sent(n + 1)) })
    expect(connected).toEqual(['yard', 'shed', 'yard'])
    expect(live.size).toBe(2)
    expect(count('yard')).toBe(401)
  })

  it('[RM19] invitations in watched rooms are shown, and dismissed in the room they came to', () => {
    const { dismiss } = begin()
    const invitations = [invitation('Ben', 'two'), invitation('Ann', 'own')]
    show('yard', { self: joined(0), invitations })
    expect(summaries.value.yard?.waiting).toEqual([{ home: 'yard', room: 'two', from: 'Ben' }])
    dismiss('yard', 'two')
    dismiss('nowhere', 'two')
    expect(live.get('yard')?.dismissed).toEqual(['two'])
  })

  it('[RM20] the reader’s own messages are not unread', () => {
    const pending: TimelineItem = { kind: 'pending', key: 'p', id: 'p', body: 'hm', time: 0 }
    expect(summariseRoom('hall', viewOf({ self: joined(0), timeline: [pending] }), 0)).toEqual({
      waiting: [],
    })
  })
})
