import { describe, expect, it } from 'vitest'
import { CLIENT_FRAMES, withUnknownFields } from '../protocol/wire-v1.ts'
import { TestRoom } from './test-room.ts'

describe('the version a client states', () => {
  it.each([{}, { version: 1 }])('[V1] %j is served, as version 1', (more) => {
    const room = new TestRoom()
    const ann = room.open('ann')
    const told = room.join(ann, more)
    expect(told.events(ann)).toEqual(['joined', 'activeUsers', 'msgHistory'])
    expect(told.the(ann, 'joined')).toMatchObject({ version: 1, username: 'ann' })
    expect(told.closed(ann)).toBeUndefined()
  })

  it.each([0, 2, 1.5, -1])('[V2] %d is refused with a reason and closed, and begins no room', (version) => {
    const room = new TestRoom()
    const ann = room.open('ann')
    const told = room.join(ann, { version })
    expect(told.the(ann, 'error')).toEqual({
      code: 'version-unsupported',
      message: 'This page is of another version. Load it again.',
    })
    expect(told.closed(ann)).toEqual({ code: 4400, reason: 'version-unsupported' })
    expect(room.core.record).toBeUndefined()
    expect(room.core.connections.size).toBe(0)
  })

  it('[V6] is checked before the name, so that a newer client gets the right reason', () => {
    const room = new TestRoom()
    const ann = room.open('ann')
    const told = room.join(ann, { version: 2, username: '' })
    expect(told.the(ann, 'error')).toMatchObject({ code: 'version-unsupported' })
  })

  it('[V3] affects nobody else in the room', () => {
    const room = new TestRoom()
    const ann = room.enter('ann')
    const told = room.join(room.open('ben'), { version: 2 })
    expect(told.to(ann)).toEqual([])
    expect(room.wait(10_000).to(ann)).toEqual([])
    expect(room.send(ann, 'updateChat', { body: 'hi' }).events(ann)).toEqual(['ack'])
  })
})

describe('unknown events and fields', () => {
  it('[V4] an unknown event is refused by its name, and costs nothing else', () => {
    const room = new TestRoom()
    const [ann, ben] = [room.enter('ann'), room.enter('ben')]
    for (let n = 0; n < 50; n += 1) {
      const told = room.send(ann, 'pinMessage', { ref: 7, id: `p${n}`, since: 0 })
      const message = 'There is no such event.'
      expect(told.to(ann)).toEqual([
        { event: 'error', data: { code: 'unknown-event', message, id: `p${n}` } },
      ])
      expect(told.to(ben)).toEqual([])
      expect(told.closed(ann)).toBeUndefined()
    }
    expect(room.core.record?.seq).toBe(0)
    expect(room.send(ann, 'updateChat', { body: 'hi' }).the(ann, 'ack')).toMatchObject({ seq: 1 })
  })

  it('[V5] unknown fields change no answer to a frozen frame', () => {
    const [plain, later] = [CLIENT_FRAMES, CLIENT_FRAMES.map(moreOf)].map((frames) => {
      const room = new TestRoom()
      const ann = room.enter('ann')
      const ben = room.enter('ben')
      for (let n = 0; n < 50; n += 1) room.send(ann, 'updateChat', { body: 'tea?' })
      return frames.map((frame) => {
        const told = room.text(ann, frame)
        return [told.frames(ann), told.frames(ben), told.roomCalls.length, told.closed(ann)]
      })
    })
    expect(later).toEqual(plain)
    expect(JSON.stringify(plain)).toContain('editChat')
    expect(JSON.stringify(plain)).not.toContain('bad-data')
  })
})

function moreOf(frame: string): string {
  return JSON.stringify(withUnknownFields(JSON.parse(frame)))
}
