import { expect, it } from 'vitest'
import { may, type Right, type Role } from '../../../src/protocol/roles.ts'
import { admit, firstRole } from '../../../src/room/model/access.ts'
import { type Access, DEFAULT_SETTINGS, type RoomRecord } from '../../../src/room/model/room-record.ts'
import { TestRoom } from './test-room.ts'

const open: Access = { kind: 'open' }
const owned: Access = { kind: 'open', owner: 's-ann' }
const members = ['ann', 'ben'].map((name) => ({ session: `s-${name}`, username: name }))
const secret: Access = { kind: 'private', home: 'hall', members, waiting: [] }
const record = (access: Access): RoomRecord => ({
  epoch: 'e',
  seq: 0,
  time: 0,
  floor: 0,
  topic: '',
  access,
  settings: DEFAULT_SETTINGS,
})
const { store } = new TestRoom()
const asked = (room: string, known: RoomRecord | undefined, session: string) =>
  admit({ room, record: known, store, now: 0 }, { session, by: session.slice(2) })

it('[AC1] only its members may join a private room, and everyone an open room', () => {
  const answers = (access: Access) =>
    ['s-ann', 's-ben', 's-cleo'].map((session) => asked('kitchen', record(access), session))
  expect(answers(open)).toEqual([undefined, undefined, undefined])
  expect(answers(secret)).toEqual([undefined, undefined, 'not-found'])
})

it('[AC2] a room that has not begun can be joined under a chosen name, not under a generated one', () => {
  expect(asked('kitchen', undefined, 's-ann')).toBeUndefined()
  expect(asked('abcdefghijklmnopqrstuvwxyz', undefined, 's-ann')).toBe('not-found')
})

it('[AC3] only the owner joins as owner', () => {
  const roles = (access: Access) => ['s-ann', 's-ben'].map((session) => firstRole(access, session))
  expect([roles(open), roles(owned), roles(secret)]).toEqual([
    ['member', 'member'],
    ['owner', 'member'],
    ['member', 'member'],
  ])
})

const LEAD: Right[] = ['speak', 'setTopic', 'seeUsage', 'moderate']
const ALL: Right[] = [...LEAD, 'govern', 'eraseRoom']
const LOOK_AFTER: Right[] = ['speak', 'setTopic', 'seeUsage']

it.each<[string, Access, Right[]]>([
  ['a room without owner', open, LOOK_AFTER],
  ['an owned room', owned, ['speak']],
  ['a private room', secret, [...LOOK_AFTER, 'eraseRoom']],
])(
  '[AC4] in %s members may do this, readers nothing, moderators all but erase it, owners everything',
  (_, access, member) => {
    const rights = (role: Role) => ALL.filter((right) => may(right, role, access))
    expect(rights('member')).toEqual(member)
    expect([rights('reader'), rights('moderator'), rights('owner')]).toEqual([[], LEAD, ALL])
  },
)

it('[AC5] moderators may see what a room costs, present or away', () => {
  const open = new TestRoom()
  const usage = (room: TestRoom, by: string) =>
    room.core.refusesUsage({ session: `s-${by}`, by }, room.now)?.code
  expect(usage(open, 'ann')).toBe('forbidden')
  open.leave(open.enter('ann'))
  expect([usage(open, 'ann'), usage(open, 'ben')]).toEqual([undefined, 'forbidden'])
  const room = new TestRoom()
  room.core.make(owned, room.now)
  room.enter('ben')
  expect([usage(room, 'ann'), usage(room, 'ben'), usage(room, 'cleo')]).toEqual([
    undefined,
    'forbidden',
    'forbidden',
  ])
})
