import type { Outbox } from './outbox.ts'
import type { Session } from './types.ts'

type OwnChanges = Pick<Session, 'send' | 'edit' | 'remove' | 'react' | 'setTopic' | 'retry' | 'discard'>

/** What the person changes in the log: each change is queued in the outbox. */
export function createOwnChanges(room: string, outbox: Outbox): OwnChanges {
  return {
    send: (body, { replyTo } = {}) =>
      outbox.add({
        event: 'updateChat',
        data: { body: wellFormed(body), room, ...(replyTo === undefined ? {} : { replyTo }) },
      }),
    edit: (ref, body) => outbox.add({ event: 'editChat', data: { ref, body: wellFormed(body), room } }),
    remove: (ref) => outbox.add({ event: 'deleteChat', data: { ref, room } }),
    react: (ref, emoji, on) => outbox.add({ event: 'react', data: { ref, emoji, on, room } }),
    setTopic: (topic) => outbox.add({ event: 'setTopic', data: { topic: wellFormed(topic.trim()), room } }),
    retry: outbox.retry,
    discard: outbox.discard,
  }
}

/** Replaces halves of characters as the server does, so that the text shows here as it does elsewhere. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\u{fffd}')
}
