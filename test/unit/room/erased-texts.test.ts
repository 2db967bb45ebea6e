import { describe, expect, it } from 'vitest'
import { TestRoom } from './test-room.ts'

describe('a text deleted before it was sent', () => {
  it('[ET1] is not sent with the other events of the turn', () => {
    const room = new TestRoom()
    const ann = room.enter('ann')
    const ben = room.enter('ben')
    const told = room.turn(
      [ann, 'updateChat', { body: 'secret' }],
      [ann, 'editChat', { ref: 1, body: 'no secret' }],
      [ann, 'deleteChat', { ref: 1 }],
    )
    expect(told.frames(ben).join()).not.toContain('secret')
    expect(told.to(ben)).toMatchObject([
      { event: 'updateChat', data: { seq: 1, body: '', deleted: true, rev: 3 } },
      { event: 'editChat', data: { seq: 2, ref: 1, body: '', deleted: true } },
      { event: 'deleteChat', data: { seq: 3, ref: 1 } },
    ])
  })

  it('[ET3] affects no other text, which is sent as it was written', () => {
    const room = new TestRoom()
    const ann = room.enter('ann')
    const ben = room.enter('ben')
    room.send(ann, 'updateChat', { body: 'secret' })
    const changes: [typeof ann, string, object][] = [
      [ann, 'updateChat', { body: 'tea' }],
      [ann, 'editChat', { ref: 2, body: 'coffee' }],
    ]
    const bodies = [{ data: { body: 'tea' } }, { data: { body: 'coffee' } }]
    expect(room.turn(...changes).to(ben)).toMatchObject(bodies)
    const again: typeof changes = [
      [ann, 'updateChat', { body: 'tea' }],
      [ann, 'editChat', { ref: 4, body: 'coffee' }],
      [ann, 'deleteChat', { ref: 1 }],
    ]
    expect(room.turn(...again).to(ben)).toMatchObject([...bodies, { event: 'deleteChat' }])
  })

  it('[ET4] affects no other text that watchers have yet to receive', () => {
    const room = new TestRoom()
    const ann = room.enter('ann')
    room.enter('ben')
    const watching = room.open('ben')
    room.join(watching, { watch: true })
    room.send(ann, 'updateChat', { body: 'heard at once' })
    room.send(ann, 'updateChat', { body: 'secret' })
    room.send(ann, 'updateChat', { body: 'tea' })
    room.send(ann, 'editChat', { ref: 3, body: 'coffee' })
    room.send(ann, 'deleteChat', { ref: 2 })
    expect(room.wait(5_000).to(watching)).toMatchObject([
      { data: { seq: 2, body: '' } },
      { data: { seq: 3, body: 'tea' } },
      { data: { seq: 4, body: 'coffee' } },
      { event: 'deleteChat' },
    ])
  })

  it('[ET2] is not sent to watchers, who receive changes later', () => {
    const room = new TestRoom()
    const ann = room.enter('ann')
    const ben = room.enter('ben')
    const watching = room.open('ben')
    room.join(watching, { watch: true })
    room.send(ann, 'updateChat', { body: 'kept' })
    room.send(ann, 'updateChat', { body: 'secret' })
    room.wait(300)
    room.send(ann, 'editChat', { ref: 2, body: 'no secret' })
    room.send(ben, 'react', { ref: 2, emoji: '👀', on: true })
    room.wait(300)
    room.send(ann, 'deleteChat', { ref: 2 })
    const told = room.wait(5_000)
    expect(told.frames(watching).join()).not.toContain('secret')
    expect(told.to(watching)).toMatchObject([
      { event: 'updateChat', data: { seq: 2, body: '', deleted: true, rev: 5 } },
      { event: 'editChat', data: { seq: 3, ref: 2, body: '', deleted: true } },
      { event: 'react', data: { seq: 4, ref: 2 } },
      { event: 'deleteChat', data: { seq: 5, ref: 2 } },
    ])
  })
})
