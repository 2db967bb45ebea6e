import { expect, it } from 'vitest'
import type { LogEntry } from '../../../src/protocol/server-frames.ts'
import { CrashRecord, type Typist } from '../../../tools/crash/crash-record.ts'
import { judgeRoom } from '../../../tools/crash/crash-verdict.ts'
import type { RoomContents } from '../../../tools/crash/read-back.ts'
import { naive, replayed } from '../../../tools/delivery/model.ts'

const ROOM = 'tea'

/** Ann sends two messages, edits the first and deletes the second. */
const TYPED: Typist['typed'] = [
  { id: 'a', frame: { event: 'updateChat', data: { room: ROOM, id: 'a', body: 'one' } } },
  { id: 'b', frame: { event: 'updateChat', data: { room: ROOM, id: 'b', body: 'two' } } },
  { id: 'c', frame: { event: 'editChat', data: { room: ROOM, id: 'c', ref: 1, body: 'first' } } },
  { id: 'd', frame: { event: 'deleteChat', data: { room: ROOM, id: 'd', ref: 2 } } },
]

const entry = (seq: number, id: string) => ({
  seq,
  id,
  by: 'ann',
  username: 'Ann',
  time: 100 + seq,
  room: ROOM,
})

function stored(): LogEntry[] {
  return [
    { event: 'updateChat', data: { ...entry(1, 'a'), body: 'one' } },
    { event: 'updateChat', data: { ...entry(2, 'b'), body: 'two' } },
    { event: 'editChat', data: { ...entry(3, 'c'), ref: 1, body: 'first' } },
    { event: 'deleteChat', data: { ...entry(4, 'd'), ref: 2 } },
  ]
}

/** The verdict if everyone received all of it, and the room then holds `log`. */
function verdictOn(
  log: LogEntry[],
  change: (contents: RoomContents, record: CrashRecord) => void = () => {},
) {
  const author: Typist = { cookie: '', username: 'Ann', by: 'ann', typed: [...TYPED] }
  const record = new CrashRecord(ROOM, () => {})
  record.authors.push(author)
  for (const one of stored()) record.see(author, one)
  const messages = naive(log)
  const contents = { log: replayed(log), messages, newest: [...messages], topic: '' }
  change(contents, record)
  return judgeRoom(record, contents, [{ who: 'Ann', messages, topic: '' }])
}

it('[CR3] the verdict finds no fault in a room that holds what clients received', async () => {
  expect(await verdictOn(stored())).toEqual({ acks: 4, changes: 4, lost: 0, twice: 0, gaps: 0, broken: [] })
})

it.each<[string, (log: LogEntry[]) => LogEntry[], object, RegExp]>([
  ['a lost change', (log) => log.slice(0, 3), { lost: 2 }, /^durable: /],
  ['a change at another place', (log) => [...log.slice(0, 3), at(log[3], 5)], { gaps: 1 }, /^contiguous: /],
  ['a change stored twice', (log) => [...log, at(log[3], 5)], { twice: 1 }, /^once: /],
  ['time that goes back', (log) => [...log.slice(0, 3), at(log[3], 4, 1)], { lost: 1 }, /^time: /],
])('[CR6] the verdict finds %s', async (_, doctored, counts, complaint) => {
  const verdict = await verdictOn(doctored(stored()))
  expect(verdict).toMatchObject(counts)
  expect(verdict.broken).toContainEqual(expect.stringMatching(complaint))
})

it.each<[string, (contents: RoomContents, record: CrashRecord) => void, RegExp]>([
  ['a refusal of a stored change', (_, { refused }) => refused.set('ann c', 'not-found'), /^refused: /],
  ['a refusal without a reason', (_, { refused }) => refused.set('ann e', 'stale'), /^refused: /],
  ['a deleted text that comes back', ({ log }) => log.splice(1, 1, ...stored().slice(1, 2)), /^suffix: /],
  ['a page without a message', ({ messages }) => messages.splice(1), /^converged: /],
  ['a newcomer’s page without a message', ({ newest }) => newest.splice(1), /^converged: /],
  ['changes out of order', (_, { authors }) => authors[0]?.typed.reverse(), /^order: /],
  ['a wrong topic', (contents) => Object.assign(contents, { topic: 'coffee' }), /^topic: /],
])('[CR6] the verdict finds %s', async (_, change, complaint) => {
  const { broken } = await verdictOn(stored(), change)
  expect(broken).toContainEqual(expect.stringMatching(complaint))
})

function at(one: LogEntry | undefined, seq: number, time = 100 + seq): LogEntry {
  if (one?.event !== 'deleteChat') throw new Error('A deletion is moved')
  return { event: 'deleteChat', data: { ...one.data, seq, time } }
}
