import { type Signal, signal } from '@preact/signals'

/** localStorage that never throws: it may be full, blocked or edited by hand. */
const PREFIX = 'hallway:'

export function readLocal(key: string): string | undefined {
  try {
    return localStorage.getItem(PREFIX + key) ?? undefined
  } catch {
    return undefined
  }
}

/** An empty text removes the key. */
export function writeLocal(key: string, text: string) {
  try {
    if (text === '') localStorage.removeItem(PREFIX + key)
    else localStorage.setItem(PREFIX + key, text)
  } catch {
    // Without storage the page works, and forgets.
  }
}

/**
 * A value of this browser that follows what other tabs store under its keys. It is read and followed from the first time
 * it is asked for.
 */
export function storedSignal<T>(keys: readonly string[], read: () => T): () => Signal<T> {
  let value: Signal<T> | undefined
  const follow = (): Signal<T> => {
    const stored = signal(read())
    globalThis.addEventListener?.('storage', ({ key }) => {
      // An event without a key means that everything was deleted.
      if (key === null || keys.some((one) => key === PREFIX + one)) stored.value = read()
    })
    return stored
  }
  return () => {
    value ??= follow()
    return value
  }
}
