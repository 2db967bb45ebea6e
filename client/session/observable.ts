/** A value that is computed when read, again only after a change; listeners hear of changes once a task. */
export interface Observable<T> {
  readonly value: T
  invalidate(): void
  /** Returns the function that unsubscribes. */
  subscribe(listener: () => void): () => void
}

export function createObservable<T extends object>(compute: () => T): Observable<T> {
  const listeners = new Set<() => void>()
  let value: T | undefined
  let isNotifying = false

  function notify(): void {
    isNotifying = false
    for (const listener of [...listeners]) listener()
  }

  return {
    get value() {
      value ??= compute()
      return value
    },
    invalidate() {
      value = undefined
      if (isNotifying || listeners.size === 0) return
      isNotifying = true
      Promise.resolve().then(notify)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
