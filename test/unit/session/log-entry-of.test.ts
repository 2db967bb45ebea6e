import { expect, it } from 'vitest'
import { logEntryOf, pendingTopic } from '../../../client/session/log-entry-of.ts'
import type { OutboxEntry, OutboxFrame } from '../../../client/session/types.ts'

const place = { seq: 7, id: 'x', by: 'me', username: 'Me', time: 5, room: 'main' }
const sent = { id: 'x', room: 'main', since: 3, epoch: 'one' }

it.each<[OutboxFrame, object]>([
  [{ event: 'updateChat', data: { ...sent, body: 'hi' } }, { body: 'hi' }],
  [
    { event: 'updateChat', data: { ...sent, body: 'hi', replyTo: 2 } },
    { body: 'hi', replyTo: 2 },
  ],
  [
    { event: 'editChat', data: { ...sent, ref: 2, body: 'ho' } },
    { ref: 2, body: 'ho' },
  ],
  [{ event: 'deleteChat', data: { ...sent, ref: 2 } }, { ref: 2 }],
  [
    { event: 'react', data: { ...sent, ref: 2, emoji: ':)', on: false } },
    { ref: 2, emoji: ':)', on: false },
  ],
  [{ event: 'setTopic', data: { ...sent, topic: 'Tea' } }, { topic: 'Tea' }],
])('[LE1] %j becomes an entry with its place, without the fields that only a retry needs', (frame, more) => {
  expect(logEntryOf(frame, place)).toStrictEqual({ event: frame.event, data: { ...place, ...more } })
})

it('[LE2] a change of an unknown kind becomes an unknown entry', () => {
  const frame = JSON.parse('{"event":"pinMessage","data":{"ref":2}}')
  expect(logEntryOf(frame, place)).toStrictEqual({ event: 'unknown', data: place })
})

it('[LE3] the pending topic is the newest one in the outbox, whatever was queued since', () => {
  const entry = (order: number, frame: OutboxFrame): OutboxEntry => ({
    id: `${order}`,
    room: 'main',
    order,
    time: 1,
    frame,
  })
  const topic = (order: number, text: string) =>
    entry(order, { event: 'setTopic', data: { room: 'main', topic: text } })
  const message = entry(3, { event: 'updateChat', data: { room: 'main', body: 'hi' } })
  expect(pendingTopic([topic(1, 'Tea'), topic(2, 'Cake'), message])).toBe('Cake')
  expect([pendingTopic([message]), pendingTopic([])]).toEqual([undefined, undefined])
})
