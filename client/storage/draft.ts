import { effect, type Signal, signal } from '@preact/signals'
import { readLocal, writeLocal } from './local-storage.ts'

export interface Draft {
  text: Signal<string>
  /** Keeps a sent text until it is stored elsewhere. Call the answer then. */
  hold(sent: string): () => void
  dispose(): void
}

/** The draft of a room. It survives a reload, a lost connection and a crash of the page. */
export function createDraft(room: string): Draft {
  const key = keyOf(room)
  const text = signal(readLocal(key) ?? '')
  const held = signal<readonly { sent: string }[]>([])
  const stopKeeping = effect(() => {
    const texts = [...held.value.map(({ sent }) => sent), text.value]
    writeLocal(key, texts.filter((one) => one !== '').join('\n'))
  })
  return {
    text,
    hold(sent) {
      const one = { sent }
      held.value = [...held.peek(), one]
      return () => {
        held.value = held.peek().filter((other) => other !== one)
      }
    },
    dispose() {
      stopKeeping()
      // The page stays open, so the text may be released later.
      if (held.peek().length > 0) writeLocal(key, text.peek())
    },
  }
}

/** Appends a text to the draft of a room that is not open. */
export function addToDraft(room: string, text: string): void {
  const before = readLocal(keyOf(room)) ?? ''
  writeLocal(keyOf(room), before.trim() === '' ? text : `${before}\n${text}`)
}

export function dropDraft(room: string): void {
  writeLocal(keyOf(room), '')
}

function keyOf(room: string): string {
  return `draft:${room}`
}
