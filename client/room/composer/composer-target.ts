import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { Joined, Message } from '../../../src/protocol/server-frames.ts'
import type { Session } from '../../session/index.ts'
import type { EditDraft, EditDraftStorage } from '../../storage/edit-draft.ts'

/** The message that the composer's text replies to or replaces. */
export interface ComposerTarget {
  kind: 'reply' | 'edit'
  message: Message
}

interface ComposerTargetDeps {
  session: Pick<Session, 'send' | 'edit'>
  self: ReadonlySignal<Joined | undefined>
  messages: ReadonlySignal<ReadonlyMap<number, Message>>
  draft: Signal<string>
  editDraft?: EditDraftStorage
}

/** Decides what the composer's text becomes: a message, a reply, or an edit of a message. */
export function createComposerTarget({ session, self, messages, draft, editDraft }: ComposerTargetDeps) {
  const stored = editDraft?.read()
  const chosen = signal<{ kind: ComposerTarget['kind']; seq: number; id: string } | undefined>(
    stored && { kind: 'edit', ...stored },
  )
  const edited = signal(stored?.text ?? '')
  /** An edit that was sent and is not in the outbox yet. */
  const sending = signal<EditDraft | undefined>(undefined)
  const stopStoring = effect(() => {
    const { kind, seq, id } = chosen.value ?? {}
    const isEdit = kind === 'edit' && seq !== undefined && id !== undefined
    editDraft?.keep(isEdit ? { seq, id, text: edited.value } : sending.value)
  })
  /** Undefined again when its message is deleted, or when the id shows another room under the same name. */
  const target = computed<ComposerTarget | undefined>(() => {
    if (chosen.value === undefined) return undefined
    const { kind, seq, id } = chosen.value
    const message = messages.value.get(seq)
    return message?.id === id && !message.deleted ? { kind, message } : undefined
  })

  function edit(message: Message): void {
    edited.value = message.body
    chosen.value = { kind: 'edit', seq: message.seq, id: message.id }
  }

  return {
    target,
    /** The text in the field. An edit has its own, and leaves the draft alone. */
    field: computed(() => (target.value?.kind === 'edit' ? edited : draft)),
    reply({ seq, id }: Message): void {
      chosen.value = { kind: 'reply', seq, id }
    },
    edit,
    /** Begins to edit the person's newest message. Answers whether there is one. */
    editNewest(): boolean {
      const by = self.peek()?.by
      const newest = [...messages.peek().values()].findLast(
        (message) => message.by === by && !message.deleted,
      )
      if (newest) edit(newest)
      return newest !== undefined
    },
    cancel(): void {
      chosen.value = undefined
    },
    /** Sends the text, or what becomes of it. Where it cannot be stored, this throws and the target stays. */
    async submit(typed: string, becomes: string | Promise<string> = typed): Promise<void> {
      const { kind, message } = target.peek() ?? {}
      const before = chosen.peek()
      const change =
        kind === 'edit' && message ? { seq: message.seq, id: message.id, text: typed } : undefined
      if (change) sending.value = change
      chosen.value = undefined
      try {
        const body = typeof becomes === 'string' ? becomes : await becomes
        if (message === undefined) await session.send(body)
        else if (kind === 'reply') await session.send(body, { replyTo: message.seq })
        else if (body !== message.body) await session.edit(message.seq, body)
      } catch (fault) {
        chosen.value = before
        throw fault
      } finally {
        // Another edit may be on its way by now.
        if (sending.peek() === change) sending.value = undefined
      }
    },
    dispose: stopStoring,
  }
}
