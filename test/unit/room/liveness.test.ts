import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/protocol/limits.ts'
import { newConnection } from '../../../src/room/state/connection.ts'
import { isStale, type SignsOfLife } from '../../../src/room/state/liveness.ts'
import { Presence } from '../../../src/room/state/presence.ts'
import { TestRoom } from './test-room.ts'

const NOW = 10_000_000
const ago = (ms: number): number => NOW - ms
const { staleMs, staleLookMs } = LIMITS

it.each<[string, SignsOfLife, boolean]>([
  ['open, never had a heartbeat', { isOpen: true, heartbeat: undefined, frame: undefined }, false],
  ['open, never had one, said something long ago', { isOpen: true, heartbeat: undefined, frame: 1 }, false],
  ['open, its heartbeat late', { isOpen: true, heartbeat: ago(staleMs), frame: undefined }, false],
  ['open, its heartbeat lost', { isOpen: true, heartbeat: ago(staleMs + 1), frame: undefined }, true],
  ['open, its heartbeat lost, just heard', { isOpen: true, heartbeat: 1, frame: ago(staleMs) }, false],
  ['open, both lost', { isOpen: true, heartbeat: 1, frame: ago(staleMs + 1) }, true],
  ['closing, just heard', { isOpen: false, heartbeat: NOW, frame: ago(staleLookMs) }, false],
  [
    'closing, heard before the last look',
    { isOpen: false, heartbeat: NOW, frame: ago(staleLookMs + 1) },
    true,
  ],
  ['closing, never heard', { isOpen: false, heartbeat: NOW, frame: undefined }, true],
])('[GH6] staleness of a socket that is %s', (_, signs, is) => {
  expect(isStale(signs, NOW)).toBe(is)
})

describe('a person whose socket died', () => {
  const tab = (by: string) => ({
    ...newConnection({ session: by, by, origin: 'https://hallway.test' }),
    joined: true,
    username: by,
  })

  it('[GH7] leaves with their last tab at once, before people in their grace period', () => {
    const [ann, other, ben] = [tab('ann'), tab('ann'), tab('ben')]
    const presence = new Presence([ann, other, ben])
    presence.depart(ben, NOW)
    presence.vanish(ann)
    expect(presence.expire(NOW)).toEqual([])
    presence.vanish(other)
    expect([presence.has('ann'), presence.count]).toEqual([false, 1])
    expect(presence.expire(NOW)).toEqual([{ by: 'ann', username: 'ann' }])
    expect(presence.nextExpiry()).toBe(NOW + LIMITS.leaveGraceMs)
    expect(presence.expire(NOW + LIMITS.leaveGraceMs)).toEqual([{ by: 'ben', username: 'ben' }])
  })

  it('[GH8] has never been away if they come back before anyone is told', () => {
    const ann = tab('ann')
    const presence = new Presence([ann])
    presence.vanish(ann)
    expect(presence.arrive(tab('ann'))).toBe(false)
    expect(presence.expire(NOW)).toEqual([])
  })

  it('[GH9] has only been renamed if they come back under another name', () => {
    const room = new TestRoom()
    const [ann, ben] = [room.enter('ann'), room.enter('ben')]
    room.die(ann)
    room.join(room.open('ann'), { username: 'Anna' })
    expect(room.wait(2_000).to(ben)).toEqual([
      { event: 'userRename', data: { by: 'ann', username: 'Anna', room: 'kitchen' } },
      { event: 'activeUsers', data: ['ben', 'Anna'] },
    ])
  })
})
