import { describe, expect, it } from 'vitest'
import { TestRoom } from './test-room.ts'

const ack = (more: object = {}) => ({ id: 'x', seq: expect.any(Number), time: expect.any(Number), ...more })

describe('an ack', () => {
  it('[AK1] has no name if the person still has the name they joined under', () => {
    const room = new TestRoom()
    const ann = room.enter('ann')
    const told = room.send(ann, 'updateChat', { body: 'tea', id: 'x' })
    expect(told.the(ann, 'ack')).toEqual(ack())
    expect(room.send(ann, 'updateChat', { body: 'tea', id: 'x' }).the(ann, 'ack')).toEqual(ack())
  })

  it.each(['present', 'watching'])(
    '[AK2] has the name under which the change is stored if that differs, because a %s tab may not know it',
    (tab) => {
      const room = new TestRoom()
      const ann = room.enter('ann')
      const other = room.enter('ann', tab === 'watching' ? { watch: true } : {})
      room.send(ann, 'userRename', { username: 'anna' })
      room.wait(2_000)
      room.sleep()
      const told = room.send(other, 'updateChat', { body: 'tea', id: 'x' })
      expect(told.the(other, 'ack')).toEqual(ack({ username: 'anna' }))
    },
  )

  it('[AK3] of a retry has the name that the change was stored under', () => {
    const room = new TestRoom()
    const ann = room.enter('ann')
    room.send(ann, 'updateChat', { body: 'tea', id: 'x' })
    room.send(ann, 'userRename', { username: 'anna' })
    const again = room.send(ann, 'updateChat', {
      body: 'tea',
      id: 'x',
      since: 0,
      epoch: room.core.record?.epoch,
    })
    expect(again.the(ann, 'ack')).toEqual(ack())
    const later = room.open('ann')
    room.join(later, { username: 'anna' })
    const told = room.send(later, 'updateChat', {
      body: 'tea',
      id: 'x',
      since: 0,
      epoch: room.core.record?.epoch,
    })
    expect(told.the(later, 'ack')).toEqual(ack({ username: 'ann' }))
  })
})
