import fc from 'fast-check'
import type { LogEntry } from '../../../src/protocol/server-frames.ts'
import { naive } from '../../../tools/delivery/model.ts'

export const PEOPLE = ['me', 'ada', 'bo'] as const

/** An action before its target is known. */
export interface RandomAction {
  kind: 'say' | 'reply' | 'edit' | 'delete' | 'react' | 'topic'
  by: (typeof PEOPLE)[number]
  /** The target message, counted back from the newest. */
  back: number
  text: string
  on: boolean
}

export const anyAction: fc.Arbitrary<RandomAction> = fc.record({
  kind: fc.oneof(
    { weight: 6, arbitrary: fc.constant('say' as const) },
    { weight: 5, arbitrary: fc.constantFrom('reply', 'edit', 'delete', 'react', 'topic') },
  ),
  by: fc.constantFrom(...PEOPLE),
  back: fc.nat(70),
  text: fc.constantFrom('a', 'b', 'c', 'd'),
  on: fc.boolean(),
})

/** The next entry of the log, as a room would make it of the action. */
export function entryOf({ kind, by, back, text, on }: RandomAction, log: readonly LogEntry[]): LogEntry {
  const seq = log.length + 1
  const entry = { seq, id: `id-${seq}`, by, username: by, time: seq, room: 'main' }
  const messages = naive(log)
  const target = messages[messages.length - 1 - back]
  const message: LogEntry = { event: 'updateChat', data: { ...entry, body: `${text}${seq}` } }
  if (kind === 'topic') return { event: 'setTopic', data: { ...entry, topic: text } }
  if (target === undefined || target.deleted) return message
  const ref = target.seq
  switch (kind) {
    case 'say':
      return message
    case 'reply':
      return { event: 'updateChat', data: { ...entry, body: text, replyTo: ref } }
    case 'edit':
      return { event: 'editChat', data: { ...entry, ref, body: `${text}${seq}` } }
    case 'delete':
      return { event: 'deleteChat', data: { ...entry, ref } }
    case 'react':
      return { event: 'react', data: { ...entry, ref, emoji: text, on } }
    default:
      return kind satisfies never
  }
}
