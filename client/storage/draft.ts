import { effect, type Signal, signal } from '@preact/signals'
import { readLocal, writeLocal } from './local-storage.ts'

export interface Draft {
  text: Signal<string>
  /** Keeps what was sent until it is kept elsewhere, which what this answers is to be called for. */
  hold(sent: string): () => void
  dispose(): void
}

/** What is being written in a room: it survives reload, a lost connection and a broken page. */
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
      // The page goes on, and so does the storing.
      if (held.peek().length > 0) writeLocal(key, text.peek())
    },
  }
}

/** Puts a text below what is being written in a room that is not open. */
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
