import type { LogEntry, Message } from '../../src/protocol/server-frames.ts'
import { naive, replayed } from './model.ts'

/**
 * Rules that hold of every room: in the simulation, in workerd with evictions, after killed processes. They take plain
 * data, and throw an error that begins with the name of the broken rule.
 */

/** A change as its author queued it. */
export interface QueuedChange {
  by: string
  id: string
  /** The text, if it has one. */
  body?: string
}

/** An ack as its author received it. */
export interface Ack {
  by: string
  id: string
  seq: number
  time: number
}

/** A change as a client received it. */
export interface Seen {
  event: string
  seq: number
  by: string
  id: string
  time: number
}

/** A log has no gap, its time never goes back, and no person's id occurs twice. */
export function checkLog(log: readonly LogEntry[], floor = 0): void {
  const ids = new Set<string>()
  let time = Number.NEGATIVE_INFINITY
  for (const [index, { event, data }] of log.entries()) {
    holds(
      'contiguous',
      data.seq === floor + index + 1,
      () => `${event} ${data.seq} stands at ${floor + index + 1}`,
    )
    holds('time', data.time >= time, () => `${data.seq} is of ${data.time}, after ${time}`)
    time = data.time
    const key = `${data.by} ${data.id}`
    holds('once', !ids.has(key), () => `${key} stands twice, again at ${data.seq}`)
    ids.add(key)
  }
}

/** Every acked change is in the log, at the place and time that its ack named. */
export function checkAcks(log: readonly LogEntry[], acks: Iterable<Ack>): void {
  const [lost] = lostAcks(log, acks)
  holds('durable', lost === undefined, () => `this was acked, and there is something else: ${json(lost)}`)
}

/** The acks that do not match the log, each with the entry in its place. */
export function lostAcks(
  log: readonly LogEntry[],
  acks: Iterable<Ack>,
): (Ack & { instead: LogEntry['data'] | undefined })[] {
  const places = new Map(log.map(({ data }) => [data.seq, data]))
  return [...acks].flatMap((ack) => {
    const instead = places.get(ack.seq)
    const stands = instead?.by === ack.by && instead.id === ack.id && instead.time === ack.time
    return stands ? [] : [{ ...ack, instead }]
  })
}

/** Every change that a client received is in the log, at that place: seen means stored. */
export function checkSeen(log: readonly LogEntry[], seen: Iterable<Seen>): void {
  const places = new Map(log.map((entry) => [entry.data.seq, entry]))
  for (const { event, seq, by, id, time } of seen) {
    const entry = places.get(seq)
    const { data } = entry ?? {}
    const is = entry?.event === event && data?.by === by && data.id === id && data.time === time
    holds('seen', is, () => `${event} ${by} ${id} was told at ${seq}; there is ${JSON.stringify(entry)}`)
  }
}

/** A resume brings every change after `after` with today's texts, in order, each once. */
export function checkSuffix(
  log: readonly LogEntry[],
  after: number,
  received: readonly LogEntry[],
  floor = 0,
): void {
  const expected = replayed(log).slice(after - floor)
  holds('suffix', same(received, expected), () => `after ${after} came ${difference(received, expected)}`)
}

/**
 * A live connection brings every change as it was made, each once. A change whose text was deleted before it went out
 * may come as a resume brings it.
 */
export function checkLive(log: readonly LogEntry[], after: number, received: readonly LogEntry[]): void {
  const today = replayed(log)
  for (const [index, entry] of received.entries()) {
    const made = log[after + index]
    const now = today[after + index]
    const isErased = now !== undefined && 'deleted' in now.data && now.data.deleted
    const is = same(entry, made) || (isErased === true && same(entry, now))
    holds('live', is, () => `at ${after + index + 1} came ${json(entry)} for ${json(made)}`)
  }
}

/** A client shows the newest of today's messages, without a gap. */
export function checkConverged(log: readonly LogEntry[], shown: readonly Message[], who = 'a client'): void {
  checkNewest(naive(log), shown, who)
}

/** As `checkConverged`, with today's messages worked out already. */
export function checkNewest(messages: readonly Message[], shown: readonly Message[], who: string): void {
  const expected = messages.slice(Math.max(0, messages.length - shown.length))
  holds('converged', same(shown, expected), () => `${who} shows ${difference(shown, expected)}`)
}

/**
 * No change is lost: each is in the log, or it is accounted for, because it still waits, failed visibly, or was
 * discarded.
 */
export function checkNothingLost<T extends QueuedChange>(
  log: readonly LogEntry[],
  typed: Iterable<T>,
  accounted: (typed: T) => boolean,
): void {
  const stored = new Map(log.map(({ data }) => [`${data.by} ${data.id}`, data]))
  for (const one of typed) {
    const isThere = stored.has(`${one.by} ${one.id}`) || accounted(one)
    holds('kept', isThere, () => `${one.by} ${one.id} is neither in the log nor waiting`)
  }
}

/** The changes of one person in one tab are in the log in the order of queueing; failed ones are left out. */
export function checkOrder(log: readonly LogEntry[], by: string, ids: readonly string[]): void {
  const typed = new Set(ids)
  const stored = log.flatMap(({ data }) => (data.by === by && typed.has(data.id) ? [data.id] : []))
  const there = new Set(stored)
  const expected = ids.filter((id) => there.has(id))
  holds(
    'order',
    same(stored, expected),
    () => `${by} typed ${json(expected)} and the log has ${json(stored)}`,
  )
}

/** No frame contains a text that was deleted before. */
export function checkForgotten(texts: Iterable<string>, sentAfterwards: string): void {
  for (const text of texts) holds('forgotten', !sentAfterwards.includes(text), () => `${text} came back`)
}

/** Throws if a rule is broken. */
export function holds(rule: string, is: boolean, otherwise: () => string): void {
  if (!is) throw new Error(`${rule}: ${otherwise()}`)
}

/** The rule that an error names first. */
export function brokenRule(message: string): string {
  return message.split(':', 1)[0] ?? ''
}

/** Equal as JSON; the order of keys does not count. */
export function same(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, index) => same(item, other[index]))
  }
  if (!isRecord(one) || !isRecord(other)) return false
  for (const key of Object.keys(one)) if (!same(one[key], other[key])) return false
  for (const key of Object.keys(other)) if (one[key] === undefined && other[key] !== undefined) return false
  return true
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The first difference between two lists, in words. */
export function difference(are: readonly unknown[], expected: readonly unknown[]): string {
  const length = Math.max(are.length, expected.length)
  const place = Array.from({ length }, (_, index) => index).find(
    (index) => !same(are[index], expected[index]),
  )
  if (place === undefined) return 'what it should'
  return `${json(are[place])} for ${json(expected[place])}, at ${place} of ${are.length} for ${expected.length}`
}

function json(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 2_000 ? `${text.slice(0, 2_000)}…` : text
}
