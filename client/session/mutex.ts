/** One at a time for each key, in the order asked: what `navigator.locks` does, within one process. */
export class Mutex {
  readonly #tails = new Map<string, Promise<void>>()

  /** Runs `work` when its turn has come. An abort before that gives the turn up; both resolve. */
  async take(key: string, work: () => Promise<void>, signal: AbortSignal): Promise<void> {
    const before = this.#tails.get(key)
    let done = (): void => {}
    const mine = new Promise<void>((resolve) => {
      done = resolve
    })
    const tail = before === undefined ? mine : before.then(() => mine)
    this.#tails.set(key, tail)
    tail.then(() => {
      if (this.#tails.get(key) === tail) this.#tails.delete(key)
    })
    try {
      if (before !== undefined) await untilAborted(before, signal)
      if (!signal.aborted) await work()
    } finally {
      done()
    }
  }
}

function untilAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const over = (): void => {
      signal.removeEventListener('abort', over)
      resolve()
    }
    signal.addEventListener('abort', over)
    promise.then(over)
  })
}
