/** A value looked up when asked for, made anew only after a change, and told of once a task. */
export interface Observable<T> {
  readonly value: T
  changed(): void
  /** Answers what ends it. */
  subscribe(listener: () => void): () => void
}

export function createObservable<T extends object>(look: () => T): Observable<T> {
  const listeners = new Set<() => void>()
  let value: T | undefined
  let isTelling = false

  function tell(): void {
    isTelling = false
    for (const listener of [...listeners]) listener()
  }

  return {
    get value() {
      value ??= look()
      return value
    },
    changed() {
      value = undefined
      if (isTelling || listeners.size === 0) return
      isTelling = true
      Promise.resolve().then(tell)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
