import { effect, type Signal, signal } from '@preact/signals'
import { keep, readKept } from './kept.ts'

export interface Draft {
  text: Signal<string>
  dispose(): void
}

/** What is being written in a room: it survives reload, a lost connection and a broken page. */
export function createDraft(room: string): Draft {
  const key = keyOf(room)
  const text = signal(readKept(key) ?? '')
  return { text, dispose: effect(() => keep(key, text.value)) }
}

/** Puts a text below what is being written in a room that is not open. */
export function addToDraft(room: string, text: string): void {
  const before = readKept(keyOf(room)) ?? ''
  keep(keyOf(room), before.trim() === '' ? text : `${before}\n${text}`)
}

export function dropDraft(room: string): void {
  keep(keyOf(room), '')
}

function keyOf(room: string): string {
  return `draft:${room}`
}
