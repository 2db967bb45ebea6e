import { expect } from 'vitest'
import { parseServerFrames } from '../../src/protocol/parse-server-frames.ts'
import type { LogEntry, Message } from '../../src/protocol/server-frames.ts'
import {
  checkAcks,
  checkConverged,
  checkForgotten,
  checkLive,
  checkLog,
  checkNothingLost,
  checkOrder,
  checkSuffix,
} from '../../tools/delivery/invariants.ts'
import { naive } from '../../tools/delivery/model.ts'
import { Raw, request } from './raw-client.ts'
import { type Change, inLog, Line } from './recorded-connection.ts'
import type { Person, Story } from './room-scenario.ts'

const PAGE = 8

/** What the room has is what was typed, and everyone was told of it as they should have been. */
export async function judge(story: Story): Promise<void> {
  const reader = await readAll(story.room, story.tabs[0]?.line?.joined?.epoch ?? '')
  const persons = new Map(story.persons.map((person) => [byOf(person, story.tabs), person]))
  const log = asTyped(reader.entries, (by, id) => persons.get(by)?.changes.get(id))
  checkLog(log)
  checkSuffix(log, 0, reader.entries)
  for (const { lines, line, person } of story.tabs) {
    for (const each of lines) checkLine(log, each)
    expect(line?.known?.seq).toBe(log.length)
    checkConverged(log, line?.known?.messages ?? [], person.username)
  }
  for (const person of story.persons) checkPerson(story, log, person)
  await checkPages(log, reader)
}

/** Someone new asks for everything. */
export async function readAll(room: string, epoch: string): Promise<Line> {
  const line = new Line(await Raw.open(room), new Map(), { resumes: { epoch, seq: 0, messages: [] } })
  line.raw.send('userJoin', { username: 'Dora', room, after: 0, epoch })
  await line.raw.rest()
  line.read()
  return line
}

/** The log with every text as it was typed, also where it has been changed or deleted since. */
export function asTyped(
  told: readonly LogEntry[],
  typed: (by: string, id: string) => Pick<Change, 'frame'> | undefined,
): LogEntry[] {
  return told.map(({ data: { seq, id, by, username, time, room } }) => {
    const change = typed(by, id)
    if (change === undefined) throw new Error(`invented: nobody typed ${by} ${id}`)
    return inLog(change, { seq, id, by, username, time, room })
  })
}

/** Who this is in the room, which is the same on each of their sockets. */
function byOf(person: Person, tabs: Story['tabs']): string {
  const lines = tabs.filter((tab) => tab.person === person).flatMap(({ lines }) => lines)
  const known = new Set(lines.flatMap(({ joined }) => joined?.by ?? []))
  expect(known.size).toBe(1)
  return [...known].join()
}

/** What one socket heard: what was missing and then what happened, each once and in order. */
function checkLine(log: readonly LogEntry[], line: Line): void {
  const { joined, resumes, entries, page, raw, acks } = line
  if (joined === undefined) return
  if (joined.resumed !== (resumes !== undefined)) throw new Error(`reset: ${JSON.stringify(joined)}`)
  const then = log.slice(0, joined.seq)
  const missed = resumes ? joined.seq - resumes.seq : 0
  if (resumes) checkSuffix(then, resumes.seq, entries.slice(0, missed))
  else checkConverged(then, page ?? [], 'who joined')
  checkLive(log, joined.seq, entries.slice(missed))
  checkAcks(
    log,
    acks.map((ack) => ({ by: joined.by, ...ack })),
  )
  checkForgotten(
    line.deletions.flatMap((seq) => erased(log, seq)),
    raw.texts.join(),
  )
  for (const text of raw.texts)
    checkForgotten(
      deletions(text).flatMap((seq) => erased(log, seq)),
      text,
    )
}

function checkPerson({ tabs, owner }: Story, log: readonly LogEntry[], person: Person): void {
  const by = byOf(person, tabs)
  const changes = [...person.changes.values()]
  const refused = changes.filter(({ refused }) => refused !== undefined)
  checkNothingLost(
    log,
    changes.map(({ id }) => ({ by, id })),
    ({ id }) => refused.some((change) => change.id === id),
  )
  for (const { typed } of tabs.filter((tab) => tab.person === person)) checkOrder(log, by, typed)
  for (const change of refused) {
    if (log.some(({ data }) => data.by === by && data.id === change.id))
      throw new Error(`refused: and stored, ${change.id}`)
    if (!isRightly(change, { log, by, owned: owner !== undefined && owner !== person }))
      throw new Error(`refused: ${change.refused} to ${JSON.stringify(change.frame)}`)
  }
}

/** Whether a refusal is one that could be given. */
function isRightly(
  { frame, refused }: Change,
  { log, by, owned }: { log: readonly LogEntry[]; by: string; owned: boolean },
): boolean {
  if (frame.event === 'setTopic') return owned && refused === 'forbidden'
  const ref = 'ref' in frame.data ? frame.data.ref : undefined
  const deleted = log.some(({ event, data }) => event === 'deleteChat' && data.ref === ref)
  if (refused === 'not-found') return deleted
  return refused === 'forbidden' && frame.event !== 'react' && log[(ref ?? 0) - 1]?.data.by !== by
}

/** Page by page it is the same, over the socket and over HTTP, and no text that was deleted is in it. */
async function checkPages(log: readonly LogEntry[], { raw }: Line): Promise<void> {
  const pages: Message[][] = []
  do {
    const before = pages[0]?.[0]?.seq
    raw.send('msgHistory', { limit: PAGE, ...(before === undefined ? {} : { before }) })
    pages.unshift((await raw.next('msgHistory')).data)
  } while (pages[0]?.length === PAGE)
  const answer = await request(`/api/rooms/${raw.room}/messages?limit=200&after=0`)
  const { messages } = await answer.json<{ messages: Message[] }>()
  expect(pages.flat()).toEqual(naive(log))
  expect(messages).toEqual(naive(log))
  const texts = log.flatMap(({ event, data: { seq } }) => (event === 'deleteChat' ? erased(log, seq) : []))
  checkForgotten(texts, JSON.stringify([messages, raw.texts]))
}

/** The deletions that are told in this text: what went with them is not in it any more. */
function deletions(text: string): number[] {
  return parseServerFrames(text).flatMap(({ event, data }) => (event === 'deleteChat' ? [data.seq] : []))
}

/** The marks of the texts that went with this deletion. */
function erased(log: readonly LogEntry[], deletion: number): string[] {
  const entry = log[deletion - 1]
  if (entry?.event !== 'deleteChat') throw new Error(`durable: ${deletion} is no deletion`)
  const { ref } = entry.data
  return log.slice(0, deletion).flatMap(({ event, data }) => {
    const isText = (event === 'updateChat' && data.seq === ref) || (event === 'editChat' && data.ref === ref)
    return isText ? [data.body.slice(0, data.body.indexOf('»') + 1)] : []
  })
}
