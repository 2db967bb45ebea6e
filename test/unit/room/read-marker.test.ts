import { describe, expect, it } from 'vitest'
import { TestRoom } from './test-room.ts'

describe('a read marker', () => {
  function spoken() {
    const room = new TestRoom()
    const ann = room.enter('ann')
    for (let n = 1; n <= 5; n += 1) room.send(ann, 'updateChat', { body: `${n}` })
    return { room, ann, kept: (by: string) => room.store.person(by)?.read }
  }

  it('[RP1] is saved when its person leaves, after a sleep too, and never moves back', () => {
    const { room, ann, kept } = spoken()
    room.send(ann, 'markRead', { seq: 3 })
    expect(room.send(ann, 'markRead', { seq: 2 }).outcome.touched.size).toBe(0)
    room.sleep()
    expect(kept('ann')).toBeUndefined()
    room.leave(ann)
    expect(kept('ann')).toBe(3)
    const again = room.enter('ann')
    room.send(again, 'markRead', { seq: 1 })
    room.leave(again)
    expect(kept('ann')).toBe(3)
  })

  it('[RP2] is sent to its person at each join, on another device too, and to nobody else', () => {
    const { room, ann } = spoken()
    const joined = (by: string) => {
      const socket = room.open(by)
      return room.join(socket).the(socket, 'joined')
    }
    expect(joined('ann')).not.toHaveProperty('read')
    room.send(ann, 'markRead', { seq: 4 })
    expect(joined('ann')).toMatchObject({ read: 4 })
    room.sleep()
    expect(joined('ann')).toMatchObject({ read: 4 })
    expect(joined('cleo')).not.toHaveProperty('read')
    for (const socket of [...room.core.connections]) room.leave(socket)
    room.wait(60_000)
    expect(joined('ann')).toMatchObject({ read: 4 })
  })

  it('[RP3] is saved for watchers too', () => {
    const { room, ann, kept } = spoken()
    room.leave(ann)
    const watching = room.open('ann')
    room.join(watching, { watch: true })
    room.send(watching, 'markRead', { seq: 5 })
    room.leave(watching)
    expect(kept('ann')).toBe(5)
  })

  it('[RP4] for another room, or beyond the newest seq, is refused', () => {
    const { room, ann, kept } = spoken()
    expect(room.send(ann, 'markRead', { seq: 6 }).the(ann, 'error')).toMatchObject({ code: 'bad-data' })
    expect(room.send(ann, 'markRead', { seq: 5, room: 'other' }).the(ann, 'error')).toMatchObject({
      code: 'bad-data',
    })
    expect(room.send(ann, 'markRead', { seq: 5 }).to(ann)).toEqual([])
    room.leave(ann)
    expect(kept('ann')).toBe(5)
  })
})
