import { describe, expect, it } from 'vitest'
import { TestRoom } from './test-room.ts'

function furnished() {
  const room = new TestRoom()
  const ann = room.enter('ann')
  for (const id of ['m1', 'm2', 'm3']) room.send(ann, 'updateChat', { body: id, id })
  room.send(ann, 'editChat', { ref: 3, body: 'edited', id: 'e4' })
  const { epoch = '' } = room.core.record ?? {}
  const resume = (after: number, last?: string) => {
    const tab = room.open('ann')
    const told = room.join(tab, { after, epoch, ...(last === undefined ? {} : { last }) })
    return { joined: Object(told.the(tab, 'joined')), events: told.events(tab) }
  }
  return { room, ann, resume }
}

describe.each([
  ['awake', (_room: TestRoom) => {}],
  ['after a sleep', (room: TestRoom) => room.sleep()],
])('a resume that names the change it comes after, %s', (_kind, pause) => {
  it('[RR1] goes on where the log has that change', () => {
    const { room, resume } = furnished()
    pause(room)
    for (const [after, last] of [
      [1, 'm1'],
      [3, 'm3'],
      [4, 'e4'],
    ] as const)
      expect([after, resume(after, last).joined.resumed]).toEqual([after, true])
  })

  it('[RR2] starts afresh where the log has another change there', () => {
    const { room, resume } = furnished()
    pause(room)
    for (const after of [1, 3, 4]) {
      const { joined, events } = resume(after, 'of another history')
      expect([after, joined.resumed, events.includes('msgHistory')]).toEqual([after, false, true])
    }
  })

  it('[RR3] is told the id of the newest change, whatever kind it is', () => {
    const { room, ann, resume } = furnished()
    pause(room)
    expect(resume(4).joined).toMatchObject({ seq: 4, last: 'e4', resumed: true })
    const back = [...room.core.connections].find(({ by }) => by === 'ann') ?? ann
    room.send(back, 'react', { ref: 1, emoji: '👍', on: true, id: 'r5' })
    expect(resume(5, 'r5').joined).toMatchObject({ last: 'r5', resumed: true })
  })
})

it('[RR4] a resume from the beginning, or from where all is trimmed, names nothing', () => {
  const { resume } = furnished()
  expect(resume(0, 'anything').joined.resumed).toBe(true)
  const empty = new TestRoom()
  const tab = empty.open('ann')
  expect(Object(empty.join(tab).the(tab, 'joined')).last).toBeUndefined()
})

it('[RR6] a resume over a change that the storage has lost starts afresh, and the operator is told', () => {
  const { room, ann, resume } = furnished()
  room.sql.run('DELETE FROM messages WHERE seq = 2')
  const { joined, events } = resume(1, 'm1')
  expect([joined.resumed, joined.seq, events.filter((event) => event !== 'activeUsers')]).toEqual([
    false,
    4,
    ['joined', 'msgHistory'],
  ])
  expect(room.faults).toEqual([expect.objectContaining({ name: 'DamagedLog' })])
  room.send(ann, 'updateChat', { body: 'm5' })
  expect(resume(4, 'e4')).toMatchObject({ joined: { resumed: true } })
  expect(room.faults).toHaveLength(1)
})
