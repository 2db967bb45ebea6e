import type { OutboxFrame } from '../../client/session/index.ts'
import { below, oneOf, type Random } from './random.ts'
import type { Author, RoomRecord } from './record.ts'

const EMOJI = ['👍', '🎉', '😀']
const LONG = 1_500

/** What one types next: mostly messages, some of them long; and edits, deletions, reactions, replies, topics. */
export function nextChange(record: RoomRecord, { by, username, typed }: Author, random: Random): OutboxFrame {
  const { room, recent } = record
  const text = `${username} ${typed.length}`
  const dice = random()
  const one = oneOf(random, recent)
  const own = oneOf(
    random,
    recent.filter((message) => message.by === by),
  )
  if (dice < 0.02) return { event: 'setTopic', data: { room, topic: text } }
  if (dice < 0.1 && one) {
    const emoji = oneOf(random, EMOJI) ?? ''
    return { event: 'react', data: { room, ref: one.seq, emoji, on: random() < 0.7 } }
  }
  if (dice < 0.16 && own) return { event: 'editChat', data: { room, ref: own.seq, body: `${text}, mended` } }
  if (dice < 0.19 && own) {
    record.forget(own.seq)
    return { event: 'deleteChat', data: { room, ref: own.seq } }
  }
  if (dice < 0.25 && one) return { event: 'updateChat', data: { room, body: text, replyTo: one.seq } }
  const body = dice > 0.99 ? `${text} ${'long '.repeat(below(random, LONG / 5))}` : text
  return { event: 'updateChat', data: { room, body } }
}
