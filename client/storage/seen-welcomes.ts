import { signal } from '@preact/signals'
import { readLocal, writeLocal } from './local-storage.ts'

const counts = signal(0)

/** Whether this exact welcome was read in this browser. */
export function hasSeenWelcome(room: string, text: string): boolean {
  return counts.value >= 0 && readLocal(keyOf(room)) === digestOf(text)
}

export function markWelcomeSeen(room: string, text: string): void {
  writeLocal(keyOf(room), digestOf(text))
  counts.value += 1
}

export function forgetSeenWelcome(room: string): void {
  writeLocal(keyOf(room), '')
}

function keyOf(room: string): string {
  return `welcome:${room}`
}

/** A short hash that tells texts apart. */
function digestOf(text: string): string {
  let hash = 5381
  for (const character of text) hash = (Math.imul(hash, 33) ^ (character.codePointAt(0) ?? 0)) >>> 0
  return `${text.length}.${hash.toString(36)}`
}
