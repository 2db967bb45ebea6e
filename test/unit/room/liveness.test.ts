import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/protocol/limits.ts'
import { newConnection } from '../../../src/room/state/connection.ts'
import { isGone, type SignsOfLife } from '../../../src/room/state/liveness.ts'
import { Presence } from '../../../src/room/state/presence.ts'
import { TestRoom } from './test-room.ts'

const NOW = 10_000_000
const ago = (ms: number): number => NOW - ms
const { staleMs, staleLookMs } = LIMITS

it.each<[string, SignsOfLife, boolean]>([
  ['open, never had a heartbeat', { isOpen: true, heartbeat: undefined, frame: undefined }, false],
  [
    'open, never had a heartbeat, last frame long ago',
    { isOpen: true, heartbeat: undefined, frame: 1 },
    false,
  ],
  ['open, heartbeat late', { isOpen: true, heartbeat: ago(staleMs), frame: undefined }, false],
  ['open, heartbeat missing', { isOpen: true, heartbeat: ago(staleMs + 1), frame: undefined }, true],
  ['open, heartbeat missing, recent frame', { isOpen: true, heartbeat: 1, frame: ago(staleMs) }, false],
  ['open, neither for too long', { isOpen: true, heartbeat: 1, frame: ago(staleMs + 1) }, true],
  ['closing, recent frame', { isOpen: false, heartbeat: NOW, frame: ago(staleLookMs) }, false],
  [
    'closing, no frame since the last check',
    { isOpen: false, heartbeat: NOW, frame: ago(staleLookMs + 1) },
    true,
  ],
  ['closing, never a frame', { isOpen: false, heartbeat: NOW, frame: undefined }, true],
])('[GH6] whether a socket is stale: %s', (_, signs, is) => {
  const noted = (time: number) => time
  expect(isGone({ joined: true }, signs, { now: NOW, noted })).toBe(is)
})

describe('a person whose socket died', () => {
  const tab = (by: string) => ({
    ...newConnection({ session: by, by, origin: 'https://hallway.test' }),
    joined: true,
    username: by,
  })

  it('[GH7] leaves with their last tab at once, before people in their grace period', () => {
    const [ann, other, ben] = [tab('ann'), tab('ann'), tab('ben')]
    const presence = new Presence([ann, other, ben, tab('cleo')])
    presence.depart(ben, NOW)
    presence.vanish(ann)
    expect(presence.expire(NOW)).toEqual([])
    presence.vanish(other)
    expect([presence.has('ann'), presence.count]).toEqual([false, 2])
    expect(presence.expire(NOW)).toEqual([{ by: 'ann', username: 'ann' }])
    expect(presence.nextExpiry()).toBe(NOW + LIMITS.leaveGraceMs)
    expect(presence.expire(NOW + LIMITS.leaveGraceMs)).toEqual([{ by: 'ben', username: 'ben' }])
  })

  it('[GH8] does not leave if they return before the leave is announced', () => {
    const ann = tab('ann')
    const presence = new Presence([ann])
    presence.vanish(ann)
    expect(presence.arrive(tab('ann'))).toBe(false)
    expect(presence.expire(NOW)).toEqual([])
  })

  it('[GH9] is renamed if they return under another name', () => {
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
