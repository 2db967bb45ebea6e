import type { LogEntry, Message } from '../../src/protocol/server-frames.ts'

type Change = Extract<LogEntry, { event: 'editChat' | 'deleteChat' | 'react' }>

/** Today's messages, worked out change by change in the plainest way: every timeline must converge to them. */
export function naive(log: readonly LogEntry[]): Message[] {
  const messages: Message[] = []
  for (const entry of log) {
    if (entry.event === 'updateChat') messages.push(entry.data)
    if (!isAboutMessage(entry)) continue
    const index = messages.findIndex(({ seq }) => seq === entry.data.ref)
    const message = messages[index]
    if (message !== undefined) messages[index] = afterChange(message, entry)
  }
  return messages
}

export function isAboutMessage(entry: LogEntry): entry is Change {
  return entry.event !== 'updateChat' && entry.event !== 'setTopic'
}

/** A message with a change applied. */
export function afterChange(before: Message, { event, data }: Change): Message {
  const message = { ...before, rev: data.seq }
  if (message.deleted) return message
  if (event === 'editChat') {
    delete message.editor
    delete message.editorBy
    Object.assign(message, { body: data.body, edited: true })
    if (data.by !== message.by) Object.assign(message, { editor: data.username, editorBy: data.by })
  }
  if (event === 'deleteChat') {
    delete message.edited
    delete message.editor
    delete message.editorBy
    delete message.reactions
    Object.assign(message, { body: '', deleted: true })
  }
  if (event === 'react') {
    const all = new Map((message.reactions ?? []).map(({ emoji, by }) => [emoji, by]))
    const others = (all.get(data.emoji) ?? []).filter((by) => by !== data.by)
    const after = data.on ? [...others, data.by] : others
    if (after.length > 0) all.set(data.emoji, after)
    else all.delete(data.emoji)
    if (all.size > 0) message.reactions = [...all].map(([emoji, by]) => ({ emoji, by }))
    else delete message.reactions
  }
  return message
}

/** The log as a resume replays it: messages as they are today, without any deleted text. */
export function replayed(log: readonly LogEntry[]): LogEntry[] {
  const today = new Map(naive(log).map((message) => [message.seq, message]))
  return log.map((entry) => asReplayed(entry, (seq) => today.get(seq)))
}

/** An entry as a resume replays it. */
export function asReplayed(entry: LogEntry, today: (seq: number) => Message | undefined): LogEntry {
  if (entry.event === 'updateChat') return { event: 'updateChat', data: today(entry.data.seq) ?? entry.data }
  if (entry.event === 'editChat' && today(entry.data.ref)?.deleted) {
    return { event: 'editChat', data: { ...entry.data, body: '', deleted: true } }
  }
  return entry
}
