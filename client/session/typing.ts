import { LIMITS } from '../../src/protocol/limits.ts'
import type { Clock } from './types.ts'

/** Who is typing. Each person stays until they sent the message, left, or sent no sign for a while. */
export interface Typing {
  /** Another array after each change. */
  readonly names: readonly string[]
  started(person: { by: string; username: string }): void
  stopped(personId: string): void
  clear(): void
}

export function createTyping(clock: Clock, changed: () => void): Typing {
  const typists = new Map<string, { username: string; cancel(): void }>()
  let names: readonly string[] = []

  function update(): void {
    names = [...typists.values()].map(({ username }) => username)
    changed()
  }

  function stopped(personId: string): void {
    typists.get(personId)?.cancel()
    if (typists.delete(personId)) update()
  }

  return {
    get names() {
      return names
    },
    started({ by, username }) {
      const before = typists.get(by)
      before?.cancel()
      typists.set(by, { username, cancel: clock.after(LIMITS.typingLapseMs, () => stopped(by)) })
      if (before?.username !== username) update()
    },
    stopped,
    clear() {
      for (const { cancel } of typists.values()) cancel()
      typists.clear()
      if (names.length > 0) update()
    },
  }
}
