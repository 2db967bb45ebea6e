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
import { RawClient, request } from './raw-client.ts'
import { logEntryFor, RecordedConnection, type TypedChange } from './recorded-connection.ts'
import type { RoomScenario, ScenarioPerson } from './room-scenario.ts'

const PAGE = 8

/** The room holds exactly what was typed, and every connection received the right frames. */
export async function checkScenario(story: RoomScenario): Promise<void> {
  const reader = await readAll(story.room, story.tabs[0]?.line?.joined?.epoch ?? '')
  const persons = new Map(story.persons.map((person) => [scenarioPersonId(person, story.tabs), person]))
  const log = withTypedTexts(reader.entries, (by, id) => persons.get(by)?.changes.get(id))
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

/** A new person reads the whole log. */
export async function readAll(room: string, epoch: string): Promise<RecordedConnection> {
  const line = new RecordedConnection(await RawClient.open(room), new Map(), {
    resumes: { epoch, seq: 0, messages: [] },
  })
  line.raw.send('userJoin', { username: 'Dora', room, after: 0, epoch })
  await line.raw.rest()
  line.read()
  return line
}

/** The log with every text as typed, even if edited or deleted since. */
export function withTypedTexts(
  entries: readonly LogEntry[],
  typed: (by: string, id: string) => Pick<TypedChange, 'frame'> | undefined,
): LogEntry[] {
  return entries.map(({ data: { seq, id, by, username, time, room } }) => {
    const change = typed(by, id)
    if (change === undefined) throw new Error(`invented: nobody typed ${by} ${id}`)
    return logEntryFor(change, { seq, id, by, username, time, room })
  })
}

/** The person's id in the room, which is the same on all their connections. */
function scenarioPersonId(person: ScenarioPerson, tabs: RoomScenario['tabs']): string {
  const lines = tabs.filter((tab) => tab.person === person).flatMap(({ lines }) => lines)
  const known = new Set(lines.flatMap(({ joined }) => joined?.by ?? []))
  expect(known.size).toBe(1)
  return [...known].join()
}

/** One connection received the missed changes and then the live ones, each once and in order. */
function checkLine(log: readonly LogEntry[], line: RecordedConnection): void {
  const { joined, resumedFrom: resumes, entries, page, raw, acks } = line
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

function checkPerson({ tabs, owner }: RoomScenario, log: readonly LogEntry[], person: ScenarioPerson): void {
  const by = scenarioPersonId(person, tabs)
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
    if (!isExpectedRefusal(change, { log, by, owned: owner !== undefined && owner !== person }))
      throw new Error(`refused: ${change.refused} to ${JSON.stringify(change.frame)}`)
  }
}

/** Whether the room may refuse this change. */
function isExpectedRefusal(
  { frame, refused }: TypedChange,
  { log, by, owned }: { log: readonly LogEntry[]; by: string; owned: boolean },
): boolean {
  if (frame.event === 'setTopic') return owned && refused === 'forbidden'
  const ref = 'ref' in frame.data ? frame.data.ref : undefined
  const deleted = log.some(({ event, data }) => event === 'deleteChat' && data.ref === ref)
  if (refused === 'not-found') return deleted
  return refused === 'forbidden' && frame.event !== 'react' && log[(ref ?? 0) - 1]?.data.by !== by
}

/** Pages over the socket and over HTTP hold the same messages, and no deleted text. */
async function checkPages(log: readonly LogEntry[], { raw }: RecordedConnection): Promise<void> {
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

/** The deletions in this text. It may not contain the deleted texts. */
function deletions(text: string): number[] {
  return parseServerFrames(text).flatMap(({ event, data }) => (event === 'deleteChat' ? [data.seq] : []))
}

/** The marks of the texts that this deletion erased. */
function erased(log: readonly LogEntry[], deletion: number): string[] {
  const entry = log[deletion - 1]
  if (entry?.event !== 'deleteChat') throw new Error(`durable: ${deletion} is no deletion`)
  const { ref } = entry.data
  return log.slice(0, deletion).flatMap(({ event, data }) => {
    const isText = (event === 'updateChat' && data.seq === ref) || (event === 'editChat' && data.ref === ref)
    return isText ? [data.body.slice(0, data.body.indexOf('»') + 1)] : []
  })
}
