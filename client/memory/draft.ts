import { effect, type Signal, signal } from '@preact/signals'
import { keep, readKept } from './kept.ts'

export interface Draft {
  text: Signal<string>
  dispose(): void
}

/** What is being written in a room: it survives reload, a lost connection and a broken page. */
export function createDraft(room: string): Draft {
  const key = `draft:${room}`
  const text = signal(readKept(key) ?? '')
  return { text, dispose: effect(() => keep(key, text.value)) }
}
