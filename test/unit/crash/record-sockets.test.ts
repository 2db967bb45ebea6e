import { expect, it } from 'vitest'
import type { SocketHandlers } from '../../../client/session/index.ts'
import { CrashRecord } from '../../../tools/crash/crash-record.ts'
import { recordSockets } from '../../../tools/crash/record-sockets.ts'

const joined = (more: object = {}) => ({
  event: 'joined',
  data: {
    username: 'Ann',
    by: 'ann',
    room: 'tea',
    epoch: 'one',
    seq: 2,
    resumed: false,
    role: 'member',
    version: 1,
    limits: {
      frameBytes: 1,
      bodyLength: 1,
      usernameLength: 1,
      topicLength: 1,
      historyPageMax: 1,
      rateBurst: 1,
      ratePerSecond: 1,
    },
    ...more,
  },
})
const message = (seq: number, id = `m${seq}`) => ({
  event: 'updateChat',
  data: { seq, id, by: 'ann', username: 'Ann', time: seq, room: 'tea', body: 'tea?' },
})
const ack = (id: string, seq: number, time = seq) => ({ event: 'ack', data: { id, seq, time } })

/** The record of a socket that received these frames after a join with `after`. */
function recordOf(received: readonly object[], after?: number): CrashRecord {
  const record = new CrashRecord('tea', () => {})
  const author = { cookie: '', username: 'Ann', by: '', typed: [] }
  let handlers: SocketHandlers | undefined
  const line = recordSockets(
    (own) => {
      handlers = own
      return { send: () => {}, close: () => {} }
    },
    record,
    author,
  )
  const socket = line.connect({ open: () => {}, message: () => {}, close: () => {} })
  socket.send(JSON.stringify({ event: 'userJoin', data: { username: 'Ann', room: 'tea', after } }))
  for (const frame of received) handlers?.message(JSON.stringify(frame))
  return record
}

it('[CR4] the record accepts a join, a change, an ack and the same ack again', () => {
  const record = recordOf([joined(), [message(3), message(4)], ack('mine', 5), ack('mine', 5), message(6)])
  expect(record.broken).toEqual([])
  expect([...record.acks.values()].map(({ seq }) => seq)).toEqual([3, 4, 5, 6])
  expect(record.newest).toBe(6)
})

it.each<[string, object[], number | undefined, RegExp]>([
  ['a missing change', [joined(), message(4)], undefined, /^gap: /],
  ['a change missing in a resume', [joined({ resumed: true }), message(2)], 0, /^gap: /],
  ['a repeated change', [joined(), message(3), message(3)], undefined, /^repeat: /],
  ['a second ack with another place', [joined(), message(3), ack('m3', 4)], undefined, /^ack: /],
  ['a second ack with another time', [joined(), message(3), ack('m3', 3, 9)], undefined, /^ack: /],
  ['two changes with one place', [joined(), message(3), message(3, 'other')], undefined, /^seen: /],
  ['a changed epoch', [joined(), joined({ epoch: 'two' })], undefined, /^epoch: /],
  ['a resume that was not granted', [joined()], 2, /^resume: /],
  ['a refused join', [{ event: 'error', data: { code: 'internal', message: '' } }], undefined, /^refused: /],
])('[CR5] the record notes %s', (_, received, after, complaint) => {
  expect(recordOf(received, after).broken).toContainEqual(expect.stringMatching(complaint))
})
