import { logEntryOf } from '../../client/session/index.ts'
import { isLogEntry, type LogEntry, type Message } from '../../src/protocol/server-frames.ts'
import {
  checkAcks,
  checkConverged,
  checkLog,
  checkNothingLost,
  checkOrder,
  checkSeen,
  checkSuffix,
  lostAcks,
} from '../delivery/invariants.ts'
import type { CrashRecord, Typist } from './crash-record.ts'
import type { RoomContents } from './read-back.ts'

export interface CrashVerdict {
  /** Changes whose author learned that they are stored. */
  acks: number
  /** Changes in the logs. */
  changes: number
  /** Acks that contradict the log, and typed changes that are neither stored nor refused. */
  lost: number
  /** Changes that occur more than once in a log or on one socket. */
  twice: number
  /** Numbers missing in a log or on one socket. */
  gaps: number
  /** Broken rules. Each begins with the name of the rule. */
  broken: string[]
}

export interface Shown {
  who: string
  messages: Message[]
  topic: string
}

/** Compares what was typed, received and shown in one room with what the room holds in the end. */
export async function judgeRoom(
  record: CrashRecord,
  contents: RoomContents,
  shown: readonly Shown[],
): Promise<CrashVerdict> {
  const { authors, acks, seen, refused } = record
  const log = asTyped(contents.log, authors)
  const typed = authors.flatMap(({ by, typed }) => typed.map(({ id }) => ({ by, id })))
  const stored = new Set(log.map(({ data }) => `${data.by} ${data.id}`))
  const nowhere = typed.filter(({ by, id }) => !stored.has(`${by} ${id}`) && !refused.has(`${by} ${id}`))
  const checks = [
    () => checkLog(log),
    () => checkAcks(log, acks.values()),
    () => checkSeen(log, seen.values()),
    () => checkNothingLost(log, typed, ({ by, id }) => refused.has(`${by} ${id}`)),
    ...authors.map(
      (author) => () =>
        checkOrder(
          log,
          author.by,
          author.typed.map(({ id }) => id),
        ),
    ),
    () => checkSuffix(log, 0, contents.log),
    () => checkConverged(log, contents.messages, 'paging'),
    () => checkConverged(log, contents.newest, 'a newcomer'),
    ...shown.map(
      ({ who, messages }) =>
        () =>
          checkConverged(log, messages, who),
    ),
    ...[contents, ...shown].map(
      ({ topic }) =>
        () =>
          checkTopic(log, topic),
    ),
  ]
  const broken = [
    ...record.broken,
    ...refusals(record, stored),
    ...(await Promise.all(checks.map(failures))).flat(),
  ]
  return {
    acks: acks.size,
    changes: log.length,
    lost: lostAcks(log, acks.values()).length + nowhere.length,
    twice: log.length - stored.size + broken.filter((what) => what.startsWith('repeat:')).length,
    gaps: missing(log) + broken.filter((what) => what.startsWith('gap:')).length,
    broken: broken.map((what) => `${what.slice(0, 1_000)} (${record.room})`),
  }
}

export function sum(verdicts: readonly CrashVerdict[]): CrashVerdict {
  const sumOf = (count: (verdict: CrashVerdict) => number) =>
    verdicts.reduce((total, verdict) => total + count(verdict), 0)
  return {
    acks: sumOf(({ acks }) => acks),
    changes: sumOf(({ changes }) => changes),
    lost: sumOf(({ lost }) => lost),
    twice: sumOf(({ twice }) => twice),
    gaps: sumOf(({ gaps }) => gaps),
    broken: verdicts.flatMap(({ broken }) => broken),
  }
}

/** The log with every text as its author typed it: a resume brings messages as they are today. */
function asTyped(log: readonly LogEntry[], authors: readonly Typist[]): LogEntry[] {
  const all = new Map(
    authors.flatMap(({ by, username, typed }) =>
      typed.map(({ id, frame }) => [`${by} ${id}`, { frame, username }] as const),
    ),
  )
  return log.map((entry) => {
    const { seq, id, by, time, room } = entry.data
    const typed = all.get(`${by} ${id}`)
    const own = typed && logEntryOf(typed.frame, { seq, id, by, username: typed.username, time, room })
    return own && isLogEntry(own) ? own : entry
  })
}

/** Only a change of a message that was just deleted may be refused, and then it is not in the log. */
function refusals({ refused }: CrashRecord, stored: ReadonlySet<string>): string[] {
  return [...refused].flatMap(([key, code]) => {
    if (stored.has(key)) return [`refused: ${key} received ${code}, but is stored`]
    return code === 'not-found' ? [] : [`refused: ${key} received ${code}`]
  })
}

function checkTopic(log: readonly LogEntry[], topic: string): void {
  const last = log.findLast(({ event }) => event === 'setTopic')
  const expected = last?.event === 'setTopic' ? last.data.topic : ''
  if (topic !== expected) throw new Error(`topic: ${topic} is shown instead of ${expected}`)
}

/** The message of a failed check. */
export async function failures(check: () => void | Promise<void>): Promise<string[]> {
  try {
    await check()
    return []
  } catch (fault) {
    return [fault instanceof Error ? fault.message : String(fault)]
  }
}

function missing(log: readonly LogEntry[]): number {
  const seqs = new Set(log.map(({ data }) => data.seq))
  return (log.at(-1)?.data.seq ?? 0) - seqs.size
}
