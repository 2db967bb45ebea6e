import { readLocal, storedSignal, writeLocal } from './local-storage.ts'

const KEY = 'forgotten'
const MOST = 50

/** Hashes of forgotten rooms, to recognise one when its link is opened. */
const marks = storedSignal([KEY], read)

export function isForgotten(room: string): boolean {
  return marks().value.includes(markOf(room))
}

export function markForgotten(room: string): void {
  change([markOf(room), ...marksWithout(room)].slice(0, MOST))
}

/** The person has joined again. */
export function unmarkForgotten(room: string): void {
  if (marks().peek().includes(markOf(room))) change(marksWithout(room))
}

function marksWithout(room: string): string[] {
  return marks()
    .peek()
    .filter((mark) => mark !== markOf(room))
}

function change(now: readonly string[]): void {
  marks().value = now
  writeLocal(KEY, now.join(' '))
}

function read(): readonly string[] {
  return (readLocal(KEY) ?? '').split(' ').filter((mark) => mark !== '')
}

/** FNV-1a. The name itself is not stored. */
function markOf(room: string): string {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(room)) hash = Math.imul(hash ^ byte, 0x01000193)
  return (hash >>> 0).toString(36)
}
