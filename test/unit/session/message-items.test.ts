import { expect, it } from 'vitest'
import type { MessageChange } from '../../../client/session/apply-change.ts'
import { createMessageItems } from '../../../client/session/message-items.ts'
import type { Message } from '../../../src/protocol/server-frames.ts'

function message(seq: number, more: Partial<Message> = {}): Message {
  return { seq, id: `id-${seq}`, by: 'ada', username: 'Ada', time: 1, room: 'main', body: `${seq}`, ...more }
}

function rowsOf(...seqs: number[]) {
  const rows = createMessageItems('me')
  rows.put(seqs.map((seq) => message(seq)))
  return { rows, seqs: () => rows.all.map((row) => row.message.seq) }
}

it('[MR1] message items are found by their seq, and nothing between, before or after them', () => {
  const { rows } = rowsOf(2, 4, 6, 8, 10)
  const found = Array.from({ length: 13 }, (_, seq) => rows.find(seq)?.message.seq)
  const none = undefined
  expect(found).toEqual([none, none, 2, none, 4, none, 6, none, 8, none, 10, none, none])
  expect(createMessageItems('me').find(1)).toBeUndefined()
})

it.each([
  [
    [1, 2],
    [1, 2, 5, 7, 9],
  ],
  [
    [10, 11],
    [5, 7, 9, 10, 11],
  ],
  [[6], [5, 6, 7, 9]],
  [
    [4, 6, 8, 10],
    [4, 5, 6, 7, 8, 9, 10],
  ],
  [
    [4, 5],
    [4, 5, 7, 9],
  ],
  [
    [5, 7, 9],
    [5, 7, 9],
  ],
  [[], [5, 7, 9]],
])('[MR2] message items take %j once, in order', (more, expected) => {
  const { rows, seqs } = rowsOf(5, 7, 9)
  rows.put(more.map((seq) => message(seq)))
  expect(seqs()).toEqual(expected)
})

it('[MR3] message items stay the same objects if a copy is no newer', () => {
  const { rows } = rowsOf(1, 2, 3)
  const before = [...rows.all]
  rows.put([message(1), message(2, { body: 'older', rev: 1 }), message(3, { body: 'newer', rev: 4 })])
  expect(rows.all[0]).toBe(before[0])
  expect(rows.all[1]).toBe(before[1])
  expect(rows.all[2]?.message).toMatchObject({ body: 'newer', rev: 4 })
  rows.put([message(3, { body: 'as new', rev: 4 })])
  expect(rows.all[2]?.message.body).toBe('newer')
})

function edit(ref: number, body: string): MessageChange {
  const { by, username, time, room } = message(ref)
  return { event: 'editChat', data: { seq: 9, id: 'edit', by, username, time, room, ref, body } }
}

it('[MR4] message items are replaced only if they exist', () => {
  const { rows, seqs } = rowsOf(2, 4)
  const found = [edit(3, 'between'), edit(5, 'after'), edit(4, 'four')].map((change) => rows.change(change))
  expect(found).toEqual([false, false, true])
  expect(rows.all.map((row) => row.message.body)).toEqual(['2', 'four'])
  expect(seqs()).toEqual([2, 4])
})

it('[MR5] message items can be read with others in their places, without changing', () => {
  const { rows } = rowsOf(2, 4, 6)
  const row = rows.find(4)
  if (row === undefined) return expect.unreachable()
  const shown = rows.with([{ ...row, message: message(4, { body: 'four' }) }])
  expect(shown.map(({ message: { body } }) => body)).toEqual(['2', 'four', '6'])
  expect(rows.all.map(({ message: { body } }) => body)).toEqual(['2', '4', '6'])
})
