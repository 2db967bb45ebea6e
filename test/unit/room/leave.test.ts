import { expect, it } from 'vitest'
import { CLOSE } from '../../../src/protocol/error-rules.ts'
import { LIMITS } from '../../../src/protocol/limits.ts'
import { TestRoom } from './test-room.ts'

function annAndBen() {
  const room = new TestRoom()
  return { room, ann: room.enter('ann'), ben: room.enter('ben') }
}

it('[LV1] closing a socket that never joined, or only watched, is no leave', () => {
  const { room, ann } = annAndBen()
  const outside = room.open('ben')
  const watching = room.open('ben')
  room.join(watching, { watch: true })
  room.leave(outside)
  room.leave(watching)
  expect(room.core.nextDue()).toBeUndefined()
  expect(room.wait(10_000).to(ann)).toEqual([])
})

it('[LV2] a socket that closes twice counts once', () => {
  const { room, ann, ben } = annAndBen()
  const other = room.open('ben')
  room.join(other)
  room.leave(other)
  room.leave(other)
  expect(room.wait(10_000).events(ann)).not.toContain('userLeave')
  room.leave(ben)
  expect(room.wait(10_000).events(ann)).toContain('userLeave')
})

it('[LV3] a watcher who has left does not keep the room awake', () => {
  const { room, ann } = annAndBen()
  const watching = room.open('ben')
  room.join(watching, { watch: true })
  room.leave(watching)
  room.send(ann, 'updateChat', { body: 'tea?' })
  expect(room.core.nextDue()).toBeUndefined()
})

it('[LV4] a person whose socket died leaves with the next turn, without a grace period', () => {
  const { room, ann, ben } = annAndBen()
  room.die(ben)
  const told = room.send(ann, 'updateChat', { body: 'tea?' })
  expect(told.events(ann)).toContain('userLeave')
  expect(told.closed(ben)).toEqual({ code: CLOSE.silent, reason: 'silent' })
  expect(told.events(ben)).toEqual([])
  expect([...room.core.connections]).toEqual([ann])
})

it('[LV5] a person who returns in the turn that finds their dead socket does not leave', () => {
  const { room, ann, ben } = annAndBen()
  room.die(ben)
  room.join(room.open('ben'))
  expect(room.wait(10_000).events(ann)).toEqual([])
  const cleo = room.open('cleo')
  expect(room.join(cleo).the(cleo, 'activeUsers')).toEqual(['ann', 'ben', 'cleo'])
})

it('[LV6] the room wakes for the earliest timer', () => {
  const { room, ann, ben } = annAndBen()
  room.leave(ben)
  expect(room.core.nextDue()).toBe(room.now + LIMITS.leaveGraceMs)
  room.send(ann, 'userTyping', { username: 'ann' })
  expect(room.core.nextDue()).toBe(room.now + LIMITS.ephemeralGatherMs)
})
