import { type ReadonlySignal, signal } from '@preact/signals'
import { isModerator } from '../../src/protocol/roles.ts'
import type { Joined, Message } from '../../src/protocol/server-frames.ts'
import type { Session } from '../session/index.ts'

interface MessageActionsDeps {
  session: Pick<Session, 'remove' | 'react'>
  self: ReadonlySignal<Joined | undefined>
}

export type MessageActions = ReturnType<typeof createMessageActions>

/** Reactions to messages, their deletion, and which message shows its actions. */
export function createMessageActions({ session, self }: MessageActionsDeps) {
  const isMine = (message: Message): boolean => message.by === self.value?.by

  function hasReacted({ reactions = [] }: Message, emoji: string): boolean {
    return reactions.some(
      (reaction) => reaction.emoji === emoji && reaction.by.includes(self.value?.by ?? ''),
    )
  }

  return {
    /** The key of the row that a pointer or the keyboard is at: it shows a toolbar. */
    activeRow: signal<string | undefined>(undefined),
    /** The message whose actions were asked for by touch: a sheet shows them. */
    openSheet: signal<number | undefined>(undefined),
    /** The message to react to: a sheet shows all emoji. */
    openPicker: signal<number | undefined>(undefined),

    allowed(message: Message): { edit: boolean; remove: boolean } {
      return { edit: isMine(message), remove: isMine(message) || isModerator(self.value?.role ?? 'member') }
    },
    hasReacted,
    /** Adds a reaction, or removes it again. The session tells of one that it cannot store. */
    react(message: Message, emoji: string): void {
      session.react(message.seq, emoji, !hasReacted(message, emoji)).catch(() => {})
    },
    remove({ seq }: Message): void {
      session.remove(seq).catch(() => {})
    },
  }
}
