import type { LogEntry, Message } from '../../src/protocol/server-frames.ts'
import { naive, replayed } from './model.ts'

/**
 * What must hold of every room, whoever plays it: the simulation, workerd with evictions, killed processes. Plain
 * data in; what is broken is thrown as an error that begins with the name of its rule.
 */

/** One change as its author queued it. */
export interface Typed {
  by: string
  id: string
  /** The text, where it has one. */
  body?: string
}

/** The answer that an author got. */
export interface Ack {
  by: string
  id: string
  seq: number
  time: number
}

/** A change as someone was told of it. */
export interface Seen {
  event: string
  seq: number
  by: string
  id: string
  time: number
}

/** The numbers of a log have no gap, its time never goes back, and nobody's id stands in it twice. */
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

/** Whatever was acked is in the log, at the place and time the ack named. */
export function checkAcks(log: readonly LogEntry[], acks: Iterable<Ack>): void {
  const [lost] = lostAcks(log, acks)
  holds('durable', lost === undefined, () => `this was acked, and there is something else: ${json(lost)}`)
}

/** The acks that do not hold, each with what is in its place. */
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

/** Whatever anyone was told is in the log, at that place: seen means stored. */
export function checkSeen(log: readonly LogEntry[], seen: Iterable<Seen>): void {
  const places = new Map(log.map((entry) => [entry.data.seq, entry]))
  for (const { event, seq, by, id, time } of seen) {
    const entry = places.get(seq)
    const { data } = entry ?? {}
    const is = entry?.event === event && data?.by === by && data.id === id && data.time === time
    holds('seen', is, () => `${event} ${by} ${id} was told at ${seq}; there is ${JSON.stringify(entry)}`)
  }
}

/** A resume is every change after `after` with today's texts, in order, none missing and none twice. */
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
 * What comes as it happens is every change as it was made, none missing and none twice. One whose text was deleted
 * before it was told may come as a resume tells it.
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

/** What a client shows is the newest stretch of today's messages. */
export function checkConverged(log: readonly LogEntry[], shown: readonly Message[], who = 'a client'): void {
  checkNewest(naive(log), shown, who)
}

/** The same where today's messages are known already. */
export function checkNewest(messages: readonly Message[], shown: readonly Message[], who: string): void {
  const expected = messages.slice(Math.max(0, messages.length - shown.length))
  holds('converged', same(shown, expected), () => `${who} shows ${difference(shown, expected)}`)
}

/**
 * Nothing that was typed is gone: it is in the log, or still waits, or the person was told that it failed or threw
 * it away themselves.
 */
export function checkNothingLost<T extends Typed>(
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

/** What one person typed in one place stands in the log in that order; what failed is left out. */
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

/** A text that was deleted is in nothing that is sent afterwards. */
export function checkForgotten(texts: Iterable<string>, sentAfterwards: string): void {
  for (const text of texts) holds('forgotten', !sentAfterwards.includes(text), () => `${text} came back`)
}

/** Throws where a rule is broken. */
export function holds(rule: string, is: boolean, otherwise: () => string): void {
  if (!is) throw new Error(`${rule}: ${otherwise()}`)
}

/** Equal as JSON, whatever the order of keys. */
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

/** Where two lists part, in words. */
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
