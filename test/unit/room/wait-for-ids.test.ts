import { expect, it } from 'vitest'
import { LIMITS } from '../../../src/protocol/limits.ts'
import type { Connection } from '../../../src/room/state/connection.ts'
import { TestRoom, type Told } from './test-room.ts'

const SPOKEN = 3_500

/** A room that has just woken with many changes, and how many ids each look at the log has loaded. */
function awake() {
  const room = new TestRoom()
  room.core.make({ kind: 'open', owner: 's-ann' }, room.now)
  const [ann, ben] = [room.enter('ann'), room.enter('ben')]
  for (let seq = 1; seq <= SPOKEN; seq += 1) {
    const data = {
      seq,
      id: `m${seq}`,
      by: 'ben',
      username: 'ben',
      time: room.now,
      room: room.room,
      body: `${seq}`,
    }
    room.store.append({ event: 'updateChat', data })
  }
  room.sleep()
  const loaded: number[] = []
  const { ids } = room.store
  room.store.ids = (within) => {
    const rows = ids.call(room.store, within)
    loaded.push(rows.length)
    return rows
  }
  const say = (from: Connection, id: string, more: object = {}) =>
    room.send(from, 'updateChat', { body: id, id, ...more })
  /** Goes on until nothing waits. */
  const goOn = (): Told[] => {
    const told: Told[] = []
    while (room.core.nextDue() === 0) told.push(room.wait(0))
    return told
  }
  return { room, ann, ben, loaded, say, goOn }
}

const acks = (told: readonly Told[], to: Connection) =>
  told.flatMap((one) => one.to(to)).filter(({ event }) => event === 'ack' || event === 'error')

it('[RMB23] a change without a since waits while ids are loaded in parts, its sender’s frames behind it, and nobody else’s', () => {
  const { room, ann, ben, loaded, say, goOn } = awake()
  const first = [say(ben, 'm7', { body: '7' }), say(ben, 'after'), room.send(ben, 'deleteChat', { ref: 1 })]
  expect(acks(first, ben)).toEqual([])
  expect(acks([room.send(ann, 'updateChat', { body: 'tea' })], ann)).toMatchObject([
    { data: { seq: SPOKEN + 1 } },
  ])
  // Several changes of one turn are acknowledged by themselves.
  expect(acks(goOn(), ben)).toMatchObject([{ event: 'ack', data: { id: 'm7', seq: 7 } }])
  const added = room.store.replay(SPOKEN, 9).map(({ event, data: { by } }) => `${event} ${by}`)
  expect(added).toEqual(['updateChat ann', 'updateChat ben', 'deleteChat ben'])
  expect(loaded).toEqual([1_000, 1_000, 1_000, SPOKEN - 3_000])
  expect(acks([say(ben, 'm8', { body: '8' })], ben)).toMatchObject([{ data: { seq: 8 } }])
  expect(loaded).toHaveLength(4)
})

it('[RMB24] the close of a connection waits behind its frames', () => {
  const { room, ben, say, goOn } = awake()
  say(ben, 'last')
  room.leave(ben)
  expect(room.core.connections.has(ben)).toBe(true)
  goOn()
  expect(room.core.record?.seq).toBe(SPOKEN + 1)
  expect(room.core.connections.has(ben)).toBe(false)
})

it('[RMB25] frames of someone who was shown out meanwhile are dropped', () => {
  const { room, ben, say, goOn } = awake()
  say(ben, 'last')
  room.ask('ann', { kind: 'moderate', what: { action: 'ban', by: 'ben' } })
  goOn()
  expect(room.core.record?.seq).toBe(SPOKEN)
})

it('[RMB26] where very many frames wait, the rest of the ids is loaded at once', () => {
  const { room, ben, loaded, say } = awake()
  for (let n = 0; n < 100; n += 1) say(ben, `new${n}`)
  expect(room.core.record?.seq).toBe(SPOKEN)
  say(ben, 'one more')
  expect(room.core.record?.seq).toBe(SPOKEN + 101)
  expect(loaded).toEqual([LIMITS.retryBatch, SPOKEN - LIMITS.retryBatch])
  expect(room.core.nextDue()).not.toBe(0)
})
