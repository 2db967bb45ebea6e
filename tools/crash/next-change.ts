import type { OutboxFrame } from '../../client/session/index.ts'
import type { Random } from '../random.ts'
import type { CrashRecord, Typist } from './crash-record.ts'

const EMOJI = ['👍', '🎉', '😀']
const LONG = 1_500

/** The next change to type: mostly messages, some of them long; also edits, deletions, reactions, replies and topics. */
export function nextChange(
  record: CrashRecord,
  { by, username, typed }: Typist,
  random: Random,
): OutboxFrame {
  const { room, recent } = record
  const text = `${username} ${typed.length}`
  const dice = random.next()
  const one = random.pickAny(recent)
  const own = random.pickAny(recent.filter((message) => message.by === by))
  if (dice < 0.02) return { event: 'setTopic', data: { room, topic: text } }
  if (dice < 0.1 && one) {
    const emoji = random.pickAny(EMOJI) ?? ''
    return { event: 'react', data: { room, ref: one.seq, emoji, on: random.next() < 0.7 } }
  }
  if (dice < 0.16 && own) return { event: 'editChat', data: { room, ref: own.seq, body: `${text}, edited` } }
  if (dice < 0.19 && own) {
    record.forget(own.seq)
    return { event: 'deleteChat', data: { room, ref: own.seq } }
  }
  if (dice < 0.25 && one) return { event: 'updateChat', data: { room, body: text, replyTo: one.seq } }
  const body = dice > 0.99 ? `${text} ${'long '.repeat(random.below(LONG / 5))}` : text
  return { event: 'updateChat', data: { room, body } }
}
