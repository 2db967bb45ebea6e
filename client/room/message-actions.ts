import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { isModerator } from '../../src/protocol/roles.ts'
import type { Joined, Message } from '../../src/protocol/server-frames.ts'
import type { Session, TimelineItem } from '../session/index.ts'
import type { EditDraft, EditDraftStorage } from '../storage/edit-draft.ts'

/** What the next text is, where it is no message by itself. */
export interface ComposerTarget {
  kind: 'reply' | 'edit'
  message: Message
}

interface Surroundings {
  session: Pick<Session, 'send' | 'edit' | 'remove' | 'react'>
  self: ReadonlySignal<Joined | undefined>
  timeline: ReadonlySignal<readonly TimelineItem[]>
  /** What is being written and not yet said. */
  draft: Signal<string>
  /** Where a change that is being written is kept. */
  halfEdit?: EditDraftStorage
}

export type MessageActions = ReturnType<typeof createMessageActions>

/** What can be done with messages that are there: answer them, react to them, change and delete them. */
export function createMessageActions({ session, self, timeline, draft, halfEdit }: Surroundings) {
  const messages = computed(
    () =>
      new Map(
        timeline.value.flatMap((item) => (item.kind === 'message' ? [[item.message.seq, item.message]] : [])),
      ),
  )
  const half = halfEdit?.read()
  const aimed = signal<{ kind: ComposerTarget['kind']; seq: number; id: string } | undefined>(
    half && { kind: 'edit', ...half },
  )
  const edited = signal(half?.text ?? '')
  /** A change that was sent and is not on the disk yet. */
  const storing = signal<EditDraft | undefined>(undefined)
  const stopKeeping = effect(() => {
    const { kind, seq, id } = aimed.value ?? {}
    const isEdit = kind === 'edit' && seq !== undefined && id !== undefined
    halfEdit?.keep(isEdit ? { seq, id, text: edited.value } : storing.value)
  })
  const at = (seq: number | undefined): Message | undefined => {
    const message = seq === undefined ? undefined : messages.value.get(seq)
    return message?.deleted ? undefined : message
  }
  /** Gone where its message is. */
  const aim = computed<ComposerTarget | undefined>(() => {
    const message = at(aimed.value?.seq)
    return aimed.value && message?.id === aimed.value.id ? { kind: aimed.value.kind, message } : undefined
  })
  const isMine = (message: Message): boolean => message.by === self.value?.by

  function hasReacted({ reactions = [] }: Message, emoji: string): boolean {
    return reactions.some((one) => one.emoji === emoji && one.by.includes(self.value?.by ?? ''))
  }

  function edit(message: Message): void {
    edited.value = message.body
    aimed.value = { kind: 'edit', seq: message.seq, id: message.id }
  }

  return {
    messages,
    aim,
    /** What the composer writes into: a change of a message leaves the draft alone. */
    text: computed(() => (aim.value?.kind === 'edit' ? edited : draft)),
    /** The message that a pointer or the keyboard is at. */
    active: signal<string | undefined>(undefined),
    /** The message whose deeds were asked for with a finger. */
    asked: signal<number | undefined>(undefined),
    /** The message that any emoji is being looked for. */
    picking: signal<number | undefined>(undefined),

    allowed(message: Message): { edit: boolean; remove: boolean } {
      const role = self.value?.role
      const mayRemove = isMine(message) || (role !== undefined && isModerator(role))
      return { edit: isMine(message), remove: mayRemove }
    },
    reply({ seq, id }: Message): void {
      aimed.value = { kind: 'reply', seq, id }
    },
    edit,
    /** Takes up the newest message of one's own, and answers whether there is one. */
    editNewest(): boolean {
      const newest = [...messages.peek().values()].findLast((message) => isMine(message) && !message.deleted)
      if (newest) edit(newest)
      return newest !== undefined
    },
    cancel(): void {
      aimed.value = undefined
    },
    /** Says it, as what it was meant to be. Where it cannot be kept nothing has changed. */
    async say(body: string): Promise<void> {
      const meant = aim.peek()
      const before = aimed.peek()
      const change =
        meant?.kind === 'edit' ? { seq: meant.message.seq, id: meant.message.id, text: body } : undefined
      if (change) storing.value = change
      aimed.value = undefined
      try {
        if (meant === undefined) await session.send(body)
        else if (meant.kind === 'reply') await session.send(body, { replyTo: meant.message.seq })
        else if (body !== meant.message.body) await session.edit(meant.message.seq, body)
      } catch (fault) {
        aimed.value = before
        throw fault
      } finally {
        // Another may be on its way by now.
        if (storing.peek() === change) storing.value = undefined
      }
    },
    hasReacted,
    react(message: Message, emoji: string): void {
      // Where it cannot be kept on this device the session says so.
      session.react(message.seq, emoji, !hasReacted(message, emoji)).catch(() => {})
    },
    remove({ seq }: Message): void {
      session.remove(seq).catch(() => {})
    },
    dispose: stopKeeping,
  }
}
