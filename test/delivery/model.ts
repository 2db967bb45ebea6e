import type { LogEntry, Message } from '../../src/protocol/server-frames.ts'

/** Today's messages, worked out change by change in the plainest way: what any timeline has to come to. */
export function naive(log: readonly LogEntry[]): Message[] {
  const messages: Message[] = []
  for (const { event, data } of log) {
    if (event === 'updateChat') messages.push({ ...data })
    if (event === 'setTopic' || event === 'updateChat') continue
    const index = messages.findIndex(({ seq }) => seq === data.ref)
    const message = messages[index]
    if (message === undefined) continue
    message.rev = data.seq
    if (message.deleted) continue
    if (event === 'editChat') {
      delete message.editor
      Object.assign(message, { body: data.body, edited: true })
      if (data.by !== message.by) message.editor = data.username
    }
    if (event === 'deleteChat') {
      delete message.edited
      delete message.editor
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
  }
  return messages
}

/** The log as a resume tells it: messages as they are today, and nothing of a text that is gone. */
export function replayed(log: readonly LogEntry[]): LogEntry[] {
  const today = new Map(naive(log).map((message) => [message.seq, message]))
  return log.map((entry) => {
    if (entry.event === 'updateChat')
      return { event: 'updateChat', data: today.get(entry.data.seq) ?? entry.data }
    if (entry.event === 'editChat' && today.get(entry.data.ref)?.deleted) {
      return { event: 'editChat', data: { ...entry.data, body: '', deleted: true } }
    }
    return entry
  })
}
